import { useDroppable } from '@dnd-kit/core';
import { AuditOutlined, BranchesOutlined, PlusOutlined, SendOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { MenuButton } from '@/ui/MenuButton';
import css from './FlowTree.module.css';
import { useDesigning } from './designing';
import { kinds, type Kind } from './newNode';
import { isHere, type Slot } from './tree';

const icons: Record<Kind, React.ReactNode> = {
  approve: <AuditOutlined aria-hidden />,
  copy: <SendOutlined aria-hidden />,
  branch: <BranchesOutlined aria-hidden />,
};

/** The picture of a kind of node. */
export function kindIcon(kind: Kind): React.ReactNode {
  return icons[kind];
}

/** The place between two nodes: adds one, takes one that is moved there, or is only a line. */
export function AddNode({ slot }: { slot: Slot }) {
  const { t } = useTranslation('approvals');
  const { act, picked, definition } = useDesigning();
  const { setNodeRef, isOver, active } = useDroppable({ id: `${slot.branch ?? ''}#${slot.index}`, data: { slot }, disabled: !act });
  if (!act) return <span className={css.line} />;
  const moving = picked !== null && !isHere(definition.nodes, picked, slot);
  return (
    <span ref={setNodeRef} className={css.slot} data-over={isOver || undefined} data-open={active !== null || undefined}>
      {moving ? (
        <button
          type="button"
          className={css.place}
          onClick={() => {
            act.place(slot);
          }}
        >
          {t('flow.placeHere')}
        </button>
      ) : (
        <MenuButton
          label={t('flow.add')}
          side="left"
          className={css.plus}
          items={kinds.map((kind) => ({
            key: kind,
            icon: icons[kind],
            label: t(`flow.kind.${kind}`),
            run: () => {
              act.add(slot, kind);
            },
          }))}
        >
          <PlusOutlined aria-hidden />
        </MenuButton>
      )}
    </span>
  );
}
