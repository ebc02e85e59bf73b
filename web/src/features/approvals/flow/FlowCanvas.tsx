import { DndContext, DragOverlay, MeasuringStrategy, PointerSensor, pointerWithin, useDraggable, useSensor, useSensors, type DragEndEvent } from '@dnd-kit/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useName } from '@/ui/names';
import { kindIcon } from './AddNode';
import css from './FlowCanvas.module.css';
import { FlowTree } from './FlowTree';
import { DesigningProvider, type Designing } from './designing';
import { kinds, type Kind } from './newNode';
import { nodeOf, type Slot } from './tree';

function PaletteChip({ kind }: { kind: Kind }) {
  const { t } = useTranslation('approvals');
  const { setNodeRef, listeners } = useDraggable({ id: `new:${kind}`, data: { kind } });
  return (
    <span ref={setNodeRef} className={css.chip} data-kind={kind} title={t('flow.dragHint')} {...listeners}>
      {kindIcon(kind)} {t(`flow.kind.${kind}`)}
    </span>
  );
}

type Props = { designing: Designing; onMove: (key: string, slot: Slot) => void };

/** The tree on its canvas: nodes are dragged to a place, or new ones from the bar above. */
export function FlowCanvas({ designing, onMove }: Props) {
  const { t } = useTranslation('approvals');
  const name = useName();
  const [dragged, setDragged] = useState<string | null>(null);
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 6 } }));
  const nodes = designing.definition.nodes;
  const label = dragged?.startsWith('new:') ? t(`flow.kind.${dragged.slice(4)}`) : name(nodeOf(nodes, dragged ?? '')?.name);
  const drop = ({ active, over }: DragEndEvent) => {
    setDragged(null);
    const slot = over?.data.current?.['slot'] as Slot | undefined;
    if (!slot) return;
    const kind = active.data.current?.['kind'] as Kind | undefined;
    if (kind) designing.act?.add(slot, kind);
    else onMove(String(active.id), slot);
  };
  return (
    <DesigningProvider value={designing}>
      <DndContext
        sensors={sensors}
        collisionDetection={pointerWithin}
        measuring={{ droppable: { strategy: MeasuringStrategy.Always } }}
        onDragStart={({ active }) => {
          setDragged(String(active.id));
        }}
        onDragCancel={() => {
          setDragged(null);
        }}
        onDragEnd={drop}
        accessibility={{ screenReaderInstructions: { draggable: t('flow.dragHint') } }}
      >
        <div className={css.frame}>
        {designing.act && (
          <div className={css.palette} aria-hidden="true">
            {kinds.map((kind) => (
              <PaletteChip key={kind} kind={kind} />
            ))}
            <span className="muted">{t('flow.dragHint')}</span>
          </div>
        )}
        {designing.picked && (
          <div className={css.moving} role="status">
            {t('flow.moving', { name: name(nodeOf(nodes, designing.picked)?.name) })}
            <button type="button" onClick={() => { designing.act?.pick(null); }}>
              {t('cancel', { ns: 'ui' })}
            </button>
          </div>
        )}
        <div className={css.canvas} tabIndex={0} role="region" aria-label={t('flow.canvas')}>
          <FlowTree nodes={nodes} />
        </div>
        </div>
        <DragOverlay dropAnimation={null}>{dragged && <span className={css.ghost}>{label}</span>}</DragOverlay>
      </DndContext>
    </DesigningProvider>
  );
}
