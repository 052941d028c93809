"""What to look for in chronologies: the questions of practice.yaml, asked of the ordered events of one case. Pure.

A question asks a reviewer and judges nobody. What is not known makes it neither asked nor silent: it cannot be said, and why.
No number is made here of how many questions are asked of a case, and none may be: it would be a score.
"""
