"""Figures on paper and in workbooks: what is printed, how it is drawn, and who took it along."""
