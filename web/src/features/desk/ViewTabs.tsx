import { DeleteOutlined, EllipsisOutlined, SaveOutlined } from '@ant-design/icons';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TypeMeta, View } from '@/api/types';
import { useAddress } from '@/features/records/address';
import { useConfirm } from '@/ui/confirm';
import { MenuButton } from '@/ui/MenuButton';
import { useName } from '@/ui/names';
import css from './ViewTabs.module.css';
import type { ListState } from './listState';
import { useDeleteView } from './views';

const SaveViewDialog = lazy(() => import('./SaveViewDialog'));

/** The saved views of a list as tabs, after the two that everybody has. */
export function ViewTabs({ type, views, state }: { type: TypeMeta; views: View[]; state: ListState }) {
  const { t } = useTranslation('desk');
  const name = useName();
  const address = useAddress();
  const confirm = useConfirm();
  const remove = useDeleteView(type.key);
  const [saving, setSaving] = useState(false);
  const show = (change: Record<string, string | null>) => {
    address.set({ view: null, mine: null, deleted: null, filter: null, sort: null, cols: null, q: null, stage: null, ...change });
  };
  const current = state.view ? `v${state.view.id}` : state.deleted ? 'deleted' : state.mine ? 'mine' : 'all';
  const tabs = [
    { key: 'all', label: t('views.all'), run: () => { show({}); } },
    { key: 'mine', label: t('views.mine'), run: () => { show({ mine: '1' }); } },
    ...[...views]
      .sort((a, b) => Number(b.pinned) - Number(a.pinned))
      .map((view) => ({ key: `v${view.id}`, label: view.name, run: () => { show({ view: String(view.id), kind: view.kind }); } })),
    ...(state.deleted ? [{ key: 'deleted', label: t('views.deleted'), run: () => undefined }] : []),
  ];
  const changedView = state.view?.mine ? state.view : null;
  return (
    <div className={css.bar}>
      <h1 className={css.title}>{name(type.plural)}</h1>
      <nav className={css.tabs} aria-label={t('views.title')}>
        {tabs.map((tab) => (
          <button key={tab.key} type="button" className={css.tab} aria-current={tab.key === current ? 'page' : undefined} onClick={tab.run}>
            {tab.label}
          </button>
        ))}
      </nav>
      <MenuButton
        label={t('views.manage')}
        items={[
          { key: 'save', icon: <SaveOutlined />, label: t('views.save'), run: () => { setSaving(true); } },
          ...(changedView
            ? [
                {
                  key: 'remove',
                  icon: <DeleteOutlined />,
                  danger: true,
                  label: t('views.remove', { name: changedView.name }),
                  run: () => {
                    confirm({
                      title: t('views.remove', { name: changedView.name }),
                      danger: true,
                      run: async () => {
                        await remove.mutateAsync(changedView.id);
                        show({});
                      },
                    });
                  },
                },
              ]
            : []),
          { key: 'deleted', icon: <DeleteOutlined />, label: t('views.deleted'), divider: true, run: () => { show({ deleted: '1' }); } },
        ]}
      >
        <EllipsisOutlined />
      </MenuButton>
      {saving && (
        <Suspense fallback={null}>
          <SaveViewDialog type={type} state={state} onClose={() => { setSaving(false); }} />
        </Suspense>
      )}
    </div>
  );
}
