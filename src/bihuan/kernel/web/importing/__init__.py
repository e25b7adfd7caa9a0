"""台账: a workbook dropped, understood, previewed, confirmed and brought in, each state a page that may be left."""
