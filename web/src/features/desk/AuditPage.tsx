import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { PersonPicker } from '@/features/org/PersonPicker';
import { recordPath, useAddress } from '@/features/records/address';
import { DataTable } from '@/ui/DataTable';
import { Empty, Failure, Loading } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import css from './AuditPage.module.css';
import { useAudit } from './audit';
import { StageLogFile } from './StageLogFile';

/** Everything that anybody did, newest first, by person and kind. */
export default function AuditPage() {
  const { t } = useTranslation('desk');
  const address = useAddress();
  const actor = Number(address.get('actor')) || undefined;
  const verb = address.get('verb');
  const audit = useAudit({ actor, verb: verb || undefined });
  const rows = audit.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className={css.page}>
      <div className={css.head}>
        <h1>{t('audit.title')}</h1>
        <span className={css.filter}>
          <PersonPicker
            label={t('audit.actor')}
            value={actor ?? null}
            onChange={(id) => {
              address.set({ actor: id ? String(id) : null });
            }}
          />
        </span>
        <Input.Search
          className={css.filter}
          aria-label={t('audit.verb')}
          placeholder={t('audit.verb')}
          defaultValue={verb}
          allowClear
          onSearch={(text) => {
            address.set({ verb: text.trim() || null });
          }}
        />
      </div>
      <StageLogFile />
      <div className={css.table}>
        {!audit.data ? (
          audit.error ? (
            <Failure error={audit.error} retry={() => void audit.refetch()} />
          ) : (
            <Loading rows={12} />
          )
        ) : (
          <DataTable
            label={t('audit.title')}
            rows={rows}
            rowName={(row) => row.text}
            empty={<Empty />}
            columns={[
              { key: 'at', title: t('time', { ns: 'ui' }), width: 150, draw: (row) => dateTime(row.at) },
              { key: 'actor', title: t('audit.actor'), width: 130, draw: (row) => row.actor?.name ?? t('system', { ns: 'records' }) },
              { key: 'kind', title: t('audit.by'), width: 100, draw: (row) => t(`audit.kinds.${row.actor_kind}`, { defaultValue: row.actor_kind }) },
              {
                key: 'record',
                title: t('audit.record'),
                width: 220,
                draw: (row) =>
                  row.record_id ? <Link to={recordPath(row.record_type, row.record_id)}>{row.record_title || `#${row.record_id}`}</Link> : '–',
              },
              { key: 'text', title: t('audit.what'), width: 360, draw: (row) => row.text },
              { key: 'verb', title: t('audit.verb'), width: 180, draw: (row) => <code>{row.verb}</code> },
            ]}
            footer={
              audit.hasNextPage && (
                <div className={css.more}>
                  <Button size="small" loading={audit.isFetchingNextPage} onClick={() => void audit.fetchNextPage()}>
                    {t('loadMore', { ns: 'ui' })}
                  </Button>
                </div>
              )
            }
          />
        )}
      </div>
    </div>
  );
}
