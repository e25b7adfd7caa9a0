"""Who answers for an object on a day: 企业主体 → 属地 → 行业主管 → 安委办 → 分管领导, each with the rule that names them."""
