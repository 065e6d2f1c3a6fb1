"""The main job from end to end: a customer's calls and real mail come in, the policy is carried out step by step, and
a real mail server enforces what was decided; and what happens to it when processes die, databases go, and bytes lie."""
