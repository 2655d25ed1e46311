"""The workbench for the weeks in which the reports of a county come in: who has reported, what each must mend, sums.

Everything here is made from a result and a roster; nothing is checked a second time.
"""
