"""双随机: who is inspected and who inspects are drawn by lot, from lists frozen beforehand, so that anybody can draw again."""
