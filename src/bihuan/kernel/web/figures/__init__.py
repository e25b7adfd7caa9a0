"""数据: figures of my jurisdiction, each opening exactly the records it counts."""
