import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useTypes } from '@/features/records/meta';
import { Empty, Faces } from '@/ui/faces';
import { useName } from '@/ui/names';
import css from './pages.module.css';
import { useFlows } from './flows';

const NewFlow = lazy(() => import('./NewFlow'));

/** The approval flows of the company. */
export default function FlowsPage() {
  const { t } = useTranslation('approvals');
  const name = useName();
  const types = useTypes();
  const flows = useFlows();
  const [adding, setAdding] = useState(false);
  return (
    <div className={css.page}>
      <div className={css.head}>
        <h1>{t('flows.title')}</h1>
        <Button type="primary" icon={<PlusOutlined />} onClick={() => { setAdding(true); }}>
          {t('flows.add')}
        </Button>
      </div>
      <Faces query={flows} isEmpty={(list) => list.length === 0} empty={<Empty title={t('flows.empty')} hint={t('flows.emptyHint')} />}>
        {(list) => (
          <ul className={css.cards}>
            {list.map((flow) => (
              <li key={flow.key}>
                <Link to={`/admin/flows/${flow.key}`} className={css.card}>
                  <strong>{name(flow.name)}</strong>
                  <span className="muted">{name(types.find((type) => type.key === flow.record_type)?.name) || t('flows.noRecord')}</span>
                  <span className={css.tags}>
                    <span data-tone={flow.version === null ? 'warn' : flow.is_active ? 'ok' : undefined}>
                      {flow.version === null ? t('flows.unpublished') : flow.is_active ? t('flows.version', { number: flow.version }) : t('flows.off')}
                    </span>
                    {flow.has_draft && flow.version !== null && <span data-tone="warn">{t('flows.draft')}</span>}
                    {flow.running > 0 && <span>{t('flows.running', { count: flow.running })}</span>}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Faces>
      {adding && (
        <Suspense fallback={null}>
          <NewFlow onClose={() => { setAdding(false); }} />
        </Suspense>
      )}
    </div>
  );
}
