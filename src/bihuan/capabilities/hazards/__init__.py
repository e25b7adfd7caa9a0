"""Hazards (隐患): found, reported, assigned, rectified, accepted, closed. Owner: the supervising agency; 安全生产法 第四十一条."""
