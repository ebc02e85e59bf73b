import { DeleteOutlined, EditOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Unit } from '@/api/types';
import { useConfirm } from '@/ui/confirm';
import { Faces } from '@/ui/faces';
import css from './admin.module.css';
import { useDeleteUnit, useUnits } from './admin';
import { treeOf, type Branch } from './tree';

const UnitDialog = lazy(() => import('./UnitDialog'));

type Wish = { unit: Unit | null; parent: number | null };

function BranchView({ branch, onWish }: { branch: Branch; onWish: (wish: Wish) => void }) {
  const { t } = useTranslation('org');
  const confirm = useConfirm();
  const remove = useDeleteUnit();
  const { unit } = branch;
  const label = (verb: string) => `${verb} ${unit.name}`;
  return (
    <li>
      <div className={css.unit} data-off={!unit.is_active || undefined}>
        <span className={css.unitName}>{unit.name}</span>
        {unit.code && <span className="muted">{unit.code}</span>}
        <span className="muted nowrap">{t('units.people', { count: unit.people })}</span>
        {unit.head && <span className="muted">{t('units.headIs', { name: unit.head.name })}</span>}
        <span className="grow" />
        <Button size="small" type="text" icon={<PlusOutlined />} aria-label={label(t('units.addBelow'))} title={t('units.addBelow')} onClick={() => { onWish({ unit: null, parent: unit.id }); }} />
        <Button size="small" type="text" icon={<EditOutlined />} aria-label={label(t('edit', { ns: 'ui' }))} onClick={() => { onWish({ unit, parent: unit.parent_id }); }} />
        <Button
          size="small"
          type="text"
          danger
          icon={<DeleteOutlined />}
          aria-label={label(t('delete', { ns: 'ui' }))}
          onClick={() => {
            confirm({ title: t('units.deleteTitle', { name: unit.name }), text: t('units.deleteHint'), danger: true, run: () => remove.mutateAsync(unit) });
          }}
        />
      </div>
      {branch.branches.length > 0 && (
        <ul className={css.branch}>
          {branch.branches.map((one) => (
            <BranchView key={one.unit.id} branch={one} onWish={onWish} />
          ))}
        </ul>
      )}
    </li>
  );
}

/** The parts of the company as a tree. */
export default function UnitsPage() {
  const { t } = useTranslation('org');
  const units = useUnits();
  const [wish, setWish] = useState<Wish | null>(null);
  return (
    <div className={css.page}>
      <div className={css.head}>
        <h1>{t('units.title')}</h1>
        <Button type="primary" onClick={() => { setWish({ unit: null, parent: null }); }}>
          {t('units.add')}
        </Button>
      </div>
      <div className={css.panel}>
        <Faces query={units}>
          {(list) => (
            <ul className={css.tree}>
              {treeOf(list).map((branch) => (
                <BranchView key={branch.unit.id} branch={branch} onWish={setWish} />
              ))}
            </ul>
          )}
        </Faces>
      </div>
      {wish && (
        <Suspense fallback={null}>
          <UnitDialog unit={wish.unit} parent={wish.parent} units={units.data ?? []} onClose={() => { setWish(null); }} />
        </Suspense>
      )}
    </div>
  );
}
