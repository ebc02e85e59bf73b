import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { useAllowed } from '@/features/identity/session';
import { Empty, Faces } from '@/ui/faces';
import { useName } from '@/ui/names';
import { Tabs } from '@/ui/Tabs';
import css from './Pool.module.css';
import { PoolView } from './PoolView';
import { usePools } from './pools';

/** The pools that one sees, one at a time. */
export default function PoolsPage({ settings = true }: { settings?: boolean }) {
  const { t } = useTranslation('pool');
  const name = useName();
  const navigate = useNavigate();
  const { id } = useParams();
  const keeps = useAllowed('pool.manage');
  const pools = usePools();
  return (
    <div className={css.page}>
      <Faces query={pools} rows={10} isEmpty={(list) => list.length === 0} empty={<Empty title={t('none')} hint={t('noneHint')} />}>
        {(list) => {
          const pool = list.find((one) => String(one.id) === id) ?? list.find((one) => one.record_type === 'lead') ?? list[0];
          if (!pool) return null;
          return (
            <>
              <div className={css.head}>
                <h1>{t('pools')}</h1>
                <Tabs
                  label={t('pools')}
                  tabs={list.map((one) => ({ key: String(one.id), label: `${name(one.name)} ${one.count}` }))}
                  value={String(pool.id)}
                  onChange={(key) => void navigate(`/pools/${key}`, { replace: true })}
                />
                {keeps && settings && (
                  <Link to={`/admin/pools/${pool.id}`} className={css.toSettings}>
                    {t('toSettings')}
                  </Link>
                )}
              </div>
              <PoolView key={pool.id} pool={pool} />
            </>
          );
        }}
      </Faces>
    </div>
  );
}
