"""Reports made for the tests: drafted, filled with figures, spoilt one defect at a time, written in many styles."""
