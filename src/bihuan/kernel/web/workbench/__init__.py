"""工作台: what is mine, how late it is, what I wait for, what came up to me and what I have not filed."""
