import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, HolderOutlined } from '@ant-design/icons';
import { useDraggable, useDroppable } from '@dnd-kit/core';
import { Button, Input, Select } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { RoutingCatalogue, RoutingProblem } from '@/api/types';
import { noCondition } from '@/features/fields/conditions';
import { Loading } from '@/ui/faces';
import { useName } from '@/ui/names';
import { GroupChain } from './GroupChain';
import css from './Routing.module.css';
import { renamed, type Branch } from './definition';
import { controlsOf, operandsOf } from './operands';

const ConditionBuilder = lazy(() => import('@/features/fields/ConditionBuilder'));

export type Acts = {
  change: (key: string, part: Partial<Branch>) => void;
  move: (key: string, to: number) => void;
  remove: (key: string) => void;
  toggle: (key: string) => void;
};
type Props = {
  branch: Branch;
  place: number;
  count: number;
  isOpen: boolean;
  sentence: string;
  problems: RoutingProblem[];
  catalogue: RoutingCatalogue;
  acts: Acts;
};

function Faults({ problems }: { problems: RoutingProblem[] }) {
  if (problems.length === 0) return null;
  return (
    <ul className={css.faults} role="alert">
      {problems.map((problem) => (
        <li key={`${problem.code}${problem.path}`}>{problem.message}</li>
      ))}
    </ul>
  );
}

function Opened({ branch, catalogue, acts }: Pick<Props, 'branch' | 'catalogue' | 'acts'>) {
  const { t, i18n } = useTranslation('routing');
  const language = i18n.language === 'en-US' ? 'en-US' : 'zh-CN';
  return (
    <div className={css.opened}>
      <label className={css.field}>
        {t('branchName')}
        <Input
          maxLength={60}
          value={branch.name[language] ?? ''}
          onChange={(event) => { acts.change(branch.key, { name: renamed(branch.name, language, event.target.value) }); }}
        />
      </label>
      <div className={css.field}>
        {t('when')}
        <Suspense fallback={<Loading rows={1} />}>
          <ConditionBuilder
            label={t('when')}
            fields={operandsOf(catalogue)}
            custom={controlsOf(catalogue)}
            query={branch.when ?? noCondition}
            onChange={(when) => { acts.change(branch.key, { when }); }}
          />
        </Suspense>
      </div>
      <div className={css.field}>
        {t('groups')}
        <GroupChain label={t('groups')} value={branch.groups} catalogue={catalogue} onChange={(groups) => { acts.change(branch.key, { groups }); }} />
      </div>
      {catalogue.skills.length > 0 && (
        <div className={css.field}>
          {t('skills')}
          <Select<string[]>
            mode="multiple"
            aria-label={t('skills')}
            placeholder={t('skillsNone')}
            value={branch.skills ?? []}
            options={catalogue.skills.map((skill) => ({ value: skill, label: skill }))}
            onChange={(skills) => { acts.change(branch.key, { skills }); }}
          />
        </div>
      )}
    </div>
  );
}

/** One branch of the order: in words, opened to be written, dragged or moved by its buttons. */
export function BranchCard({ branch, place, count, isOpen, sentence, problems, catalogue, acts }: Props) {
  const { t } = useTranslation('routing');
  const name = useName();
  const title = name(branch.name) || branch.key;
  const { setNodeRef: take, listeners, isDragging } = useDraggable({ id: branch.key });
  const { setNodeRef: land, isOver } = useDroppable({ id: `at:${place}`, data: { place } });
  return (
    <article ref={land} className={css.card} data-over={isOver || undefined} data-lifted={isDragging || undefined} data-faulty={problems.length > 0 || undefined} aria-label={title}>
      <header className={css.cardHead}>
        <span ref={take} className={css.handle} title={t('dragHint')} {...listeners}>
          <HolderOutlined aria-hidden />
        </span>
        <span className={css.number}>{place + 1}</span>
        <button type="button" className={css.cardTitle} aria-expanded={isOpen} onClick={() => { acts.toggle(branch.key); }}>
          <strong>{title}</strong>
          <span>{sentence}</span>
        </button>
        <span className={css.tools}>
          <Button size="small" type="text" aria-label={t('moveUp', { name: title })} icon={<ArrowUpOutlined />} disabled={place === 0} onClick={() => { acts.move(branch.key, place - 1); }} />
          <Button size="small" type="text" aria-label={t('moveDown', { name: title })} icon={<ArrowDownOutlined />} disabled={place === count - 1} onClick={() => { acts.move(branch.key, place + 1); }} />
          <Button size="small" type="text" danger aria-label={t('removeBranch', { name: title })} icon={<DeleteOutlined />} onClick={() => { acts.remove(branch.key); }} />
        </span>
      </header>
      <Faults problems={problems} />
      {isOpen && <Opened branch={branch} catalogue={catalogue} acts={acts} />}
    </article>
  );
}
