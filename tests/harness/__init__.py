"""What the end-to-end tests stand on: real servers in private folders, clients, and the runner.

Python's standard library only. Start reading at runner.py, then fixtures.py.
"""
