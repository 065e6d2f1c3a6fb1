/* template.h: what a template is made of; inside this folder only. */
#pragma once

#include "letters/markdown.h"

struct LetterTemplate {
	Node *root;
	MarkdownNotes notes;
};
