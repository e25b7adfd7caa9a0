"""人员与岗位, for the system and security administrators: who has an account, who holds which post, since when."""
