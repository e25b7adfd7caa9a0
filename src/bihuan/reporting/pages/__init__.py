"""Reports on screen: the list, the draft as it will be printed, the issue with its signature, the three lists."""
