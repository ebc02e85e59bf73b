import { FlagOutlined, UserOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { AddNode } from './AddNode';
import type { FlowNode } from './definition';
import { FlowFork } from './FlowFork';
import css from './FlowTree.module.css';
import { NodeCard } from './NodeCard';
import { isFork } from './tree';

/** One list of nodes with a place before, between and after them. */
export function FlowList({ nodes, branch }: { nodes: FlowNode[]; branch: string | null }) {
  return (
    <ol className={css.list}>
      <li className={css.gap}>
        <AddNode slot={{ branch, index: 0 }} />
      </li>
      {nodes.map((node, index) => (
        <li key={node.key} className={css.item}>
          {isFork(node) ? <FlowFork fork={node} /> : <NodeCard node={node} />}
          <AddNode slot={{ branch, index: index + 1 }} />
        </li>
      ))}
    </ol>
  );
}

/** A whole flow from the person who asks to its end, read from top to bottom. */
export function FlowTree({ nodes }: { nodes: FlowNode[] }) {
  const { t } = useTranslation('approvals');
  return (
    <div className={css.tree}>
      <div className={css.end} data-kind="start">
        <UserOutlined aria-hidden /> {t('flow.requester')}
      </div>
      <FlowList nodes={nodes} branch={null} />
      <div className={css.end}>
        <FlagOutlined aria-hidden /> {t('flow.end')}
      </div>
    </div>
  );
}
