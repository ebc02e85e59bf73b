import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { SupportSetup } from '@/api/types';
import { PersonPicker } from '@/features/org/PersonPicker';
import { useName } from '@/ui/names';
import { Moving } from '@/ui/setup/Moving';
import { replaced } from '@/ui/setup/draft';
import css from '@/ui/setup/setup.module.css';
import type { Definition, Rule } from './definition';

const ANY = '';
const EVERYWHERE = 0;

/** One rule: where, which kind of problem, and who helps. */
export function RuleLine({ place, setup, draft, set }: { place: number; setup: SupportSetup; draft: Definition; set: (draft: Definition) => void }) {
  const { t } = useTranslation('support');
  const name = useName();
  const rule = draft.rules[place];
  if (!rule) return null;
  const target = Object.keys(rule.to)[0] ?? 'head';
  const label = (what: string) => t('rules.of', { what, number: place + 1 });
  const put = (next: Rule) => { set({ ...draft, rules: replaced(draft.rules, place, next) }); };
  const units = setup.units.map((unit) => ({ value: unit.id, label: unit.name }));
  const turn = (next: string) => {
    put({ ...rule, to: next === 'role' ? { role: setup.roles[0]?.key } : next === 'person' ? { person: 0 } : { head: null } });
  };
  return (
    <div className={css.row}>
      <div className={css.fields}>
        <Select aria-label={label(t('rules.unit'))} showSearch optionFilterProp="label" value={rule.unit_id ?? EVERYWHERE} options={[{ value: EVERYWHERE, label: t('rules.everywhere') }, ...units]} onChange={(id) => { put({ ...rule, unit_id: id || null }); }} />
        <Select aria-label={label(t('kind'))} value={rule.kind ?? ANY} options={[{ value: ANY, label: t('rules.anyKind') }, ...draft.kinds.map((kind) => ({ value: kind.key, label: name(kind.name) }))]} onChange={(key) => { put({ ...rule, kind: key || null }); }} />
        <Select aria-label={label(t('rules.who'))} value={target} options={['head', 'role', 'person'].map((key) => ({ value: key, label: t(`rules.${key}`) }))} onChange={turn} />
        {target === 'role' && <Select aria-label={label(t('rules.role'))} value={rule.to.role} options={setup.roles.map((role) => ({ value: role.key, label: name(role.name) }))} onChange={(key) => { put({ ...rule, to: { role: key } }); }} />}
        {target === 'person' && <PersonPicker label={label(t('rules.person'))} value={rule.to.person || undefined} known={setup.people.find((one) => one.id === rule.to.person)} onChange={(id) => { put({ ...rule, to: { person: id ?? 0 } }); }} />}
        {target === 'head' && <Select aria-label={label(t('rules.head'))} showSearch optionFilterProp="label" value={rule.to.head ?? EVERYWHERE} options={[{ value: EVERYWHERE, label: t('rules.ownHead') }, ...units]} onChange={(id) => { put({ ...rule, to: { head: id || null } }); }} />}
      </div>
      <Moving name={t('rules.number', { number: place + 1 })} list={draft.rules} place={place} onChange={(rules) => { set({ ...draft, rules }); }} />
    </div>
  );
}
