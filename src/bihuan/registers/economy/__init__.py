"""What rates are divided by: GDP, persons employed, vehicles, each as its office published it, every version kept (M259).

Basis: 国家统计局 publishes GDP as a first accounting (初步核算) that is verified later (最终核实); a report says which it used.
"""
