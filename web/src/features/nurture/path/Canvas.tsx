import { DndContext, DragOverlay, MeasuringStrategy, PointerSensor, pointerWithin, useSensor, useSensors } from '@dnd-kit/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EditingProvider, type Editing } from './editing';
import { Flow } from './Flow';
import css from './Flow.module.css';
import { useStepName } from './StepCard';
import { stepOf, type Slot } from './steps';

/** The path on its table: steps are dragged to a place, or picked and put there by buttons. */
export function Canvas({ editing, onMove }: { editing: Editing; onMove: (key: string, slot: Slot) => void }) {
  const { t } = useTranslation('nurture');
  const nameOf = useStepName();
  const [dragged, setDragged] = useState<string | null>(null);
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 6 } }));
  const named = (key: string | null) => {
    const step = key ? stepOf(editing.definition.steps, key) : undefined;
    return step ? nameOf(step) : '';
  };
  return (
    <EditingProvider value={editing}>
      <DndContext
        sensors={sensors}
        collisionDetection={pointerWithin}
        measuring={{ droppable: { strategy: MeasuringStrategy.Always } }}
        accessibility={{ screenReaderInstructions: { draggable: t('editor.dragHint') } }}
        onDragStart={({ active }) => { setDragged(String(active.id)); }}
        onDragCancel={() => { setDragged(null); }}
        onDragEnd={({ active, over }) => {
          setDragged(null);
          const slot = over?.data.current?.['slot'] as Slot | undefined;
          if (slot) onMove(String(active.id), slot);
        }}
      >
        {editing.picked && (
          <div className={css.moving} role="status">
            {t('editor.moving', { name: named(editing.picked) })}
            <button type="button" onClick={() => { editing.act?.pick(null); }}>
              {t('cancel', { ns: 'ui' })}
            </button>
          </div>
        )}
        <div className={css.canvas} tabIndex={0} role="region" aria-label={t('editor.canvas')}>
          <Flow />
        </div>
        <DragOverlay dropAnimation={null}>{dragged && <span className={css.ghost}>{named(dragged)}</span>}</DragOverlay>
      </DndContext>
    </EditingProvider>
  );
}
