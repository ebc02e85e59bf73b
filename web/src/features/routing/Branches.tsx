import { DndContext, PointerSensor, pointerWithin, useSensor, useSensors } from '@dnd-kit/core';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RoutingCatalogue, RoutingChecked } from '@/api/types';
import { BranchCard, type Acts } from './BranchCard';
import { GroupChain } from './GroupChain';
import css from './Routing.module.css';
import { changed, faultsAt, moved, withBranch, withoutBranch, type Definition } from './definition';
import { firstLine } from './operands';

type Props = { definition: Definition; checked: RoutingChecked | undefined; catalogue: RoutingCatalogue; onChange: (definition: Definition) => void };

/** The branches in the order in which they are asked, and what becomes of everything else. */
export function Branches({ definition, checked, catalogue, onChange }: Props) {
  const { t } = useTranslation('routing');
  const [opened, setOpened] = useState<string | null>(null);
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 6 } }));
  const problems = checked?.problems ?? [];
  const sentences = checked?.sentences ?? [];
  const sentenceOf = (key: string) => sentences.find((one) => one.branch === key)?.text ?? '';
  const acts: Acts = {
    change: (key, part) => { onChange(changed(definition, key, part)); },
    move: (key, to) => { onChange(moved(definition, key, to)); },
    remove: (key) => { onChange(withoutBranch(definition, key)); },
    toggle: (key) => { setOpened(opened === key ? null : key); },
  };
  const add = () => {
    const next = withBranch(definition, firstLine(catalogue));
    onChange(next);
    setOpened(next.branches.at(-1)?.key ?? null);
  };
  const rest = faultsAt(problems, '/otherwise');
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={pointerWithin}
      onDragEnd={({ active, over }) => {
        const place = over?.data.current?.['place'] as number | undefined;
        if (place !== undefined) acts.move(String(active.id), place);
      }}
    >
      <div className={css.branches} role="list" aria-label={t('branches')}>
        {definition.branches.map((branch, place) => (
          <div key={branch.key} role="listitem">
            <BranchCard
              branch={branch}
              place={place}
              count={definition.branches.length}
              isOpen={opened === branch.key}
              sentence={sentenceOf(branch.key)}
              problems={faultsAt(problems, `/branches/${place}`)}
              catalogue={catalogue}
              acts={acts}
            />
          </div>
        ))}
      </div>
      <Button type="dashed" block onClick={add}>
        {t('addBranch')}
      </Button>
      <section className={css.card} aria-label={t('otherwise')} data-faulty={rest.length > 0 || undefined}>
        <header className={css.cardHead}>
          <span className={css.cardTitle}>
            <strong>{t('otherwise')}</strong>
            <span>{t('otherwiseHint')}</span>
          </span>
        </header>
        {rest.length > 0 && (
          <ul className={css.faults} role="alert">
            {rest.map((problem) => (
              <li key={problem.path}>{problem.message}</li>
            ))}
          </ul>
        )}
        <GroupChain
          label={t('otherwiseGroups')}
          value={definition.otherwise.groups}
          catalogue={catalogue}
          onChange={(groups) => { onChange({ ...definition, otherwise: { ...definition.otherwise, groups } }); }}
        />
      </section>
    </DndContext>
  );
}
