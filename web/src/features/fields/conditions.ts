export type Rule = { field: string; operator: string; value: unknown };
export type RuleGroup = { combinator: 'and' | 'or'; not?: boolean; rules: (Rule | RuleGroup)[] };

export const noCondition: RuleGroup = { combinator: 'and', rules: [] };

/** How many conditions a group holds, at any depth. */
export function ruleCount(group: RuleGroup | null): number {
  if (!group) return 0;
  return group.rules.reduce((sum, rule) => sum + ('rules' in rule ? ruleCount(rule) : 1), 0);
}

/** The conditions alone: without the builder's own marks, and without those that have no value yet. */
export function stripped(group: RuleGroup): RuleGroup {
  const rules = group.rules.flatMap<Rule | RuleGroup>((rule) => {
    if (typeof rule === 'string') return [];
    if ('rules' in rule) return [stripped(rule)];
    const blank = rule.operator !== 'null' && rule.operator !== 'notNull' && (rule.value === '' || rule.value === null || (Array.isArray(rule.value) && rule.value.length === 0));
    return blank ? [] : [{ field: rule.field, operator: rule.operator, value: rule.value }];
  });
  return { combinator: group.combinator === 'or' ? 'or' : 'and', ...(group.not ? { not: true } : {}), rules };
}
