import { useDraggable } from '@dnd-kit/core';
import { CheckCircleFilled, ExclamationCircleFilled, MoreOutlined, WarningOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { MenuButton } from '@/ui/MenuButton';
import { useName } from '@/ui/names';
import { kindIcon } from './AddNode';
import type { FlowNode } from './definition';
import css from './FlowTree.module.css';
import { useDesigning } from './designing';
import { useNodeSummary } from './summary';

/** Whether a node is fit to be published. */
export function CheckMark({ of }: { of: string }) {
  const { t } = useTranslation('approvals');
  const { problems, warnings, isChecked } = useDesigning();
  const found = problems.get(of);
  if (found) return <ExclamationCircleFilled className={css.bad} aria-label={t('flow.faults', { count: found.length })} title={found.join('\n')} />;
  const risky = warnings?.get(of);
  if (risky) return <WarningOutlined className={css.risky} aria-label={t('flow.warnings', { count: risky.length })} title={risky.join('\n')} />;
  return isChecked ? <CheckCircleFilled className={css.good} aria-label={t('flow.fit')} /> : null;
}

/** What can be done with a node, for those who do not drag. */
export function NodeMenu({ node }: { node: FlowNode }) {
  const { t } = useTranslation('approvals');
  const name = useName();
  const { act } = useDesigning();
  if (!act) return null;
  return (
    <MenuButton
      label={t('flow.menuOf', { name: name(node.name) })}
      className={css.more}
      items={[
        { key: 'open', label: t('flow.open'), run: () => { act.open(node.key); } },
        { key: 'move', label: t('flow.move'), run: () => { act.pick(node.key); } },
        ...(node.kind === 'branch' ? [] : [{ key: 'copy', label: t('flow.duplicate'), run: () => { act.duplicate(node.key); } }]),
        { key: 'remove', danger: true, divider: true, label: t('remove', { ns: 'ui' }), run: () => { act.remove(node.key); } },
      ]}
    >
      <MoreOutlined />
    </MenuButton>
  );
}

/** One node: its kind by colour, its name, who is meant, and whether it is fit. */
export function NodeCard({ node }: { node: Exclude<FlowNode, { kind: 'branch' }> }) {
  const name = useName();
  const summary = useNodeSummary();
  const { act, opened, picked, marks } = useDesigning();
  const { setNodeRef, listeners, isDragging } = useDraggable({ id: node.key, data: { key: node.key }, disabled: !act });
  const mark = marks.get(node.key);
  const inside = (
    <>
      <span className={css.head} data-kind={node.kind}>
        {kindIcon(node.kind)} <span className="clip grow">{name(node.name) || node.key}</span>
      </span>
      <span className={css.text}>{summary(node)}</span>
      {mark && (
        <span className={css.mark} data-tone={mark.tone}>
          {mark.text}
        </span>
      )}
    </>
  );
  return (
    <div
      ref={setNodeRef}
      className={css.card}
      data-opened={opened === node.key || undefined}
      data-picked={picked === node.key || isDragging || undefined}
      data-tone={mark?.tone}
      data-bad={undefined}
    >
      {act ? (
        <button
          type="button"
          className={css.body}
          {...listeners}
          onClick={() => {
            act.open(node.key);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Delete') act.remove(node.key);
          }}
        >
          {inside}
        </button>
      ) : (
        <div className={css.body}>{inside}</div>
      )}
      <span className={css.check}>
        <CheckMark of={node.key} />
      </span>
      <NodeMenu node={node} />
    </div>
  );
}
