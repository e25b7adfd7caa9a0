"""Who may enforce and who may advise: officers' certificates, experts and agencies, with their days (M072, M141)."""
