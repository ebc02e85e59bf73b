import { Button } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { noCondition } from '@/features/fields/conditions';
import { Loading } from '@/ui/faces';
import { useName } from '@/ui/names';
import { Sheet } from '@/ui/Sheet';
import { ApproveFields } from './ApproveFields';
import { NameFields } from './NameFields';
import css from './NodeSheet.module.css';
import { SourceFields } from './SourceFields';
import type { Branch, Definition, FlowNode } from './definition';
import * as tree from './tree';
import { useOperands } from './vocabulary';

const ConditionBuilder = lazy(() => import('@/features/fields/ConditionBuilder'));

function BranchForm({ branch, onChange }: { branch: Branch; onChange: (settings: Partial<Branch>) => void }) {
  const { t } = useTranslation('approvals');
  const operands = useOperands();
  return (
    <>
      <NameFields value={branch.name} onChange={(name) => { onChange({ name }); }} />
      {branch.when === null ? (
        <p className="muted">{t('flow.defaultHint')}</p>
      ) : (
        <div className={css.field} role="group" aria-label={t('flow.condition')}>
          <span>{t('flow.condition')}</span>
          <Suspense fallback={<Loading rows={2} />}>
            <ConditionBuilder label={t('flow.condition')} fields={operands} query={branch.when ?? noCondition} onChange={(when) => { onChange({ when }); }} />
          </Suspense>
        </div>
      )}
    </>
  );
}

function NodeForm({ node, definition, onChange }: { node: FlowNode; definition: Definition; onChange: (settings: object) => void }) {
  return (
    <>
      <NameFields value={node.name} onChange={(name) => { onChange({ name }); }} />
      {node.kind !== 'branch' && (
        <SourceFields
          deciding={node.kind === 'approve'}
          sources={node.sources}
          onChange={(sources) => {
            const isInTurn = sources.some((source) => source.kind === 'levels');
            onChange({ sources, ...(node.kind === 'approve' && isInTurn ? { mode: 'in_order' } : {}) });
          }}
        />
      )}
      {node.kind === 'approve' && <ApproveFields node={node} form={definition.form ?? []} onChange={onChange} />}
    </>
  );
}

function Found({ found, label, className }: { found: string[]; label: string; className: string | undefined }) {
  if (found.length === 0) return null;
  return (
    <ul className={className} aria-label={label}>
      {found.map((each) => (
        <li key={each}>{each}</li>
      ))}
    </ul>
  );
}

type Props = {
  target: string;
  definition: Definition;
  faults: string[];
  warnings: string[];
  onChange: (nodes: FlowNode[]) => void;
  onRemove: (key: string) => void;
  onClose: () => void;
};

/** What one node or one branch says; every change is kept at once and can be taken back. */
export function NodeSheet({ target, definition, faults, warnings, onChange, onRemove, onClose }: Props) {
  const { t } = useTranslation('approvals');
  const name = useName();
  const nodes = definition.nodes;
  const node = tree.nodeOf(nodes, target);
  const branch = node ? undefined : tree.branchOf(nodes, target);
  if (!node && !branch) return null;
  return (
    <Sheet
      size={branch ? 720 : 520}
      title={name((node ?? branch)?.name) || t(`flow.kind.${node?.kind ?? 'branch'}`)}
      onClose={onClose}
      footer={
        <div className={css.footer}>
          {node && (
            <Button
              danger
              onClick={() => {
                onRemove(node.key);
              }}
            >
              {t('remove', { ns: 'ui' })}
            </Button>
          )}
          <span className="grow" />
          <Button type="primary" onClick={onClose}>
            {t('flow.ready')}
          </Button>
        </div>
      }
    >
      <div className={css.form}>
        <Found found={faults} label={t('flow.faults', { count: faults.length })} className={css.faults} />
        <Found found={warnings} label={t('flow.warnings', { count: warnings.length })} className={css.warnings} />
        {node && <NodeForm node={node} definition={definition} onChange={(settings) => { onChange(tree.change(nodes, node.key, settings)); }} />}
        {branch && <BranchForm branch={branch} onChange={(settings) => { onChange(tree.changeBranch(nodes, target, settings)); }} />}
      </div>
    </Sheet>
  );
}
