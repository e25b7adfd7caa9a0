"""一企一档 (M053): one record per enterprise under its credit code; basis 安全生产法 第四条、第六十二条."""
