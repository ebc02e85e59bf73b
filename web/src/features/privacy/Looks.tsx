import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { PersonPicker } from '@/features/org/PersonPicker';
import { recordPath, useAddress } from '@/features/records/address';
import { DataTable } from '@/ui/DataTable';
import { Empty, Failure, Loading } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import { useName } from '@/ui/names';
import { useLooks } from './admin';
import css from './privacy.module.css';

/** Who looked at recordings, chats and places, newest first. */
export function Looks() {
  const { t } = useTranslation('privacy');
  const name = useName();
  const address = useAddress();
  const kind = address.get('kind') ?? '';
  const person = Number(address.get('person')) || null;
  const looks = useLooks({ kind: kind || undefined, person: person ?? undefined });
  if (!looks.data) return looks.error ? <Failure error={looks.error} retry={() => void looks.refetch()} /> : <Loading rows={8} />;
  const rows = looks.data.pages.flatMap((page) => page.items);
  const kinds = looks.data.pages[0]?.kinds ?? [];
  return (
    <>
      <p className="muted">{t('accesses.hint')}</p>
      <div className={css.line}>
        <Select
          className={css.filter}
          aria-label={t('accesses.kind')}
          placeholder={t('accesses.kind')}
          allowClear
          value={kind || undefined}
          options={kinds.map((one) => ({ value: one.key, label: name(one.name) }))}
          onChange={(key: string | undefined) => {
            address.set({ kind: key ?? null });
          }}
        />
        <span className={css.filter}>
          <PersonPicker
            label={t('accesses.person')}
            value={person}
            onChange={(id) => {
              address.set({ person: id ? String(id) : null });
            }}
          />
        </span>
      </div>
      <DataTable
        label={t('tabs.accesses')}
        rows={rows}
        rowName={(row) => row.person.name}
        empty={<Empty title={t('accesses.none')} />}
        columns={[
          { key: 'at', title: t('time', { ns: 'ui' }), width: 160, draw: (row) => dateTime(row.at) },
          { key: 'person', title: t('accesses.person'), width: 140, draw: (row) => row.person.name },
          { key: 'kind', title: t('accesses.kind'), width: 140, draw: (row) => name(row.kind_name) },
          {
            key: 'record',
            title: t('accesses.record'),
            width: 260,
            draw: (row) => (row.record ? <Link to={recordPath(row.record.type, row.record.id)}>{row.record.title}</Link> : `#${String(row.item_id)}`),
          },
        ]}
        footer={
          looks.hasNextPage && (
            <div className={css.more}>
              <Button size="small" loading={looks.isFetchingNextPage} onClick={() => void looks.fetchNextPage()}>
                {t('loadMore', { ns: 'ui' })}
              </Button>
            </div>
          )
        }
      />
    </>
  );
}
