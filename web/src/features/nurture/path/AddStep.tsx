import { useDroppable } from '@dnd-kit/core';
import { PlusOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { MenuButton } from '@/ui/MenuButton';
import { useEditing } from './editing';
import css from './Flow.module.css';
import { kindIcon } from './kindIcon';
import { kinds } from './newSteps';
import { fits, type Slot } from './steps';

/** The place between two steps: adds one, takes one that is moved there, or is only a line. */
export function AddStep({ slot }: { slot: Slot }) {
  const { t } = useTranslation('nurture');
  const { act, picked, definition } = useEditing();
  const { setNodeRef, isOver, active } = useDroppable({ id: `${slot.list}#${slot.index}`, data: { slot }, disabled: !act });
  if (!act) return <span className={css.line} />;
  const isPlace = picked !== null && fits(definition.steps, picked, slot);
  return (
    <span ref={setNodeRef} className={css.slot} data-over={isOver || undefined} data-open={active !== null || undefined}>
      {isPlace ? (
        <button type="button" className={css.place} onClick={() => { act.place(slot); }}>
          {t('editor.placeHere')}
        </button>
      ) : (
        <MenuButton
          label={t('editor.add')}
          side="left"
          className={css.plus}
          items={kinds.map((kind) => ({ key: kind, icon: kindIcon(kind), label: t(`kind.${kind}`), run: () => { act.add(slot, kind); } }))}
        >
          <PlusOutlined aria-hidden />
        </MenuButton>
      )}
    </span>
  );
}
