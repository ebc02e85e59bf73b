import type { TFunction } from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { usePeopleNamed } from '@/features/org/people';
import type { RuleGroup } from '@/features/fields/conditions';
import { useConditionWords } from '@/features/fields/conditionWords';
import type { FlowNode, Source } from './definition';
import { useDesigning } from './designing';
import { useOperands, useRoleNames } from './vocabulary';
import { everyNode } from './tree';
import { listed } from '@/ui/format';

type Words = TFunction<'approvals'>;
type Naming = { t: Words; role: (key: string) => string; person: (id: number) => string };

/** Where people come from, in words. */
export function sourceText(source: Source, { t, role, person }: Naming): string {
  const owner = source.whose === 'owner' ? t('flow.source.ofOwner') : '';
  switch (source.kind) {
    case 'superior':
      return owner + (source.level && source.level > 1 ? t('flow.source.nth', { count: source.level }) : t('flow.source.superior'));
    case 'levels':
      return owner + (source.until_role ? t('flow.source.untilRole', { role: role(source.until_role) }) : t('flow.source.upTo', { count: source.level ?? 12 }));
    case 'role':
      return t('flow.source.roleIs', { role: role(source.role ?? '') });
    case 'persons':
      return listed((source.persons ?? []).map(person).filter(Boolean)) || t('flow.source.persons');
    case 'unit_head':
      return owner + t('flow.source.unit_head');
    default:
      return t(`flow.source.${source.kind}`);
  }
}

function namedPeople(nodes: FlowNode[]): number[] {
  const ids = everyNode(nodes).flatMap((node) => (node.kind === 'branch' ? [] : node.sources.flatMap((source) => source.persons ?? [])));
  return [...new Set(ids)].sort((a, b) => a - b);
}

/** Gives the line under a node's name: who is meant, and how many of them decide. */
export function useNodeSummary(): (node: FlowNode) => string {
  const { t } = useTranslation('approvals');
  const role = useRoleNames();
  const { definition } = useDesigning();
  const people = usePeopleNamed(namedPeople(definition.nodes)).data;
  return useCallback(
    (node: FlowNode) => {
      if (node.kind === 'branch') return '';
      const person = (id: number) => people?.find((one) => one.id === id)?.name ?? '';
      const who = node.sources.map((source) => sourceText(source, { t, role, person })).join(' + ');
      const several = node.sources.length > 1 || node.sources.some((source) => !['superior', 'unit_head', 'owner', 'requester'].includes(source.kind));
      const mode = node.kind === 'approve' && several ? t(`flow.mode.${node.mode ?? 'all'}`) : '';
      return [who || t('flow.nobody'), mode].filter(Boolean).join(' · ');
    },
    [t, role, people],
  );
}

/** Gives a condition as one sentence. */
export function useConditionText(): (group: RuleGroup | null) => string {
  return useConditionWords(useOperands());
}
