import { useDraggable } from '@dnd-kit/core';
import { MoreOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { MenuButton } from '@/ui/MenuButton';
import { useName } from '@/ui/names';
import type { Step } from './definition';
import { useEditing } from './editing';
import css from './Flow.module.css';
import { kindIcon } from './kindIcon';
import { kindOf } from './newSteps';
import { slotOf } from './steps';
import { StepFigureRow } from './StepFigureRow';

/** What a step is called: as it was named, else by what it does. */
export function useStepName(): (step: Step) => string {
  const { t } = useTranslation('nurture');
  const name = useName();
  return (step) => name(step.name) || t(`kind.${kindOf(step)}`);
}

/** What can be done with a step, for those who do not drag. */
export function StepMenu({ step }: { step: Step }) {
  const { t } = useTranslation('nurture');
  const nameOf = useStepName();
  const { act, definition } = useEditing();
  if (!act) return null;
  const slot = slotOf(definition.steps, step.key);
  return (
    <MenuButton
      label={t('editor.menuOf', { name: nameOf(step) })}
      className={css.more}
      items={[
        { key: 'open', label: t('editor.open'), run: () => { act.open(step.key); } },
        { key: 'up', label: t('editor.up'), disabled: slot?.index === 0, run: () => { act.shift(step.key, -1); } },
        { key: 'down', label: t('editor.down'), disabled: slot?.index === (slot?.count ?? 0) - 1, run: () => { act.shift(step.key, 1); } },
        { key: 'move', label: t('editor.move'), run: () => { act.pick(step.key); } },
        { key: 'copy', label: t('editor.duplicate'), run: () => { act.duplicate(step.key); } },
        { key: 'remove', danger: true, divider: true, label: t('remove', { ns: 'ui' }), run: () => { act.remove(step.key); } },
      ]}
    >
      <MoreOutlined />
    </MenuButton>
  );
}

/** What is wrong with a step, where it stands. */
export function StepFaults({ of }: { of: string }) {
  const { faults } = useEditing();
  const found = faults.get(of);
  if (!found) return null;
  return (
    <ul className={css.faults}>
      {found.map((fault) => (
        <li key={fault}>{fault}</li>
      ))}
    </ul>
  );
}

/** What the company has yet to do before a step sends; nothing is wrong with the path. */
function StepTodos({ of }: { of: string }) {
  const found = useEditing().todos?.get(of);
  if (!found) return null;
  return (
    <ul className={css.todos}>
      {found.map((todo) => (
        <li key={todo}>{todo}</li>
      ))}
    </ul>
  );
}

/** One step: its kind by colour, what it does in words, what is wrong, and how it went so far. */
export function StepCard({ step }: { step: Step }) {
  const nameOf = useStepName();
  const { act, opened, picked, marks, faults, words } = useEditing();
  const { setNodeRef, listeners, isDragging } = useDraggable({ id: step.key, disabled: !act });
  const mark = marks.get(step.key);
  const kind = kindOf(step);
  const inside = (
    <>
      <span className={css.head} data-kind={kind}>
        {kindIcon(kind)} <span className="clip grow">{nameOf(step)}</span>
      </span>
      <span className={css.text}>{words.get(step.key)}</span>
      {mark && (
        <span className={css.mark} data-tone={mark.tone}>
          {mark.text}
        </span>
      )}
    </>
  );
  return (
    <article
      ref={setNodeRef}
      className={css.card}
      aria-label={nameOf(step)}
      data-opened={opened === step.key || undefined}
      data-picked={picked === step.key || isDragging || undefined}
      data-faulty={faults.has(step.key) || undefined}
      data-tone={mark?.tone}
    >
      {act ? (
        <button
          type="button"
          className={css.body}
          {...listeners}
          onClick={() => { act.open(step.key); }}
          onKeyDown={(event) => {
            if (event.key === 'Delete') act.remove(step.key);
            if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
              event.preventDefault();
              act.shift(step.key, event.key === 'ArrowUp' ? -1 : 1);
            }
          }}
        >
          {inside}
        </button>
      ) : (
        <div className={css.body}>{inside}</div>
      )}
      <StepMenu step={step} />
      <StepFaults of={step.key} />
      <StepTodos of={step.key} />
      <StepFigureRow of={step.key} />
    </article>
  );
}
