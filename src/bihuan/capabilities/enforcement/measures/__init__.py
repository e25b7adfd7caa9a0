"""Orders that stop something (停产整顿、查封扣押、停供、关闭取缔), each until it is lifted (M129–M134)."""
