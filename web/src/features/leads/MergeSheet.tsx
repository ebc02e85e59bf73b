import { Button, Input, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { MergePreview } from '@/api/types';
import { Faces } from '@/ui/faces';
import { date } from '@/ui/format';
import { useName } from '@/ui/names';
import { Sheet } from '@/ui/Sheet';
import { useToast } from '@/ui/toast';
import css from './MergeSheet.module.css';
import { useMerge, useMergePreview } from './merging';

type Props = { id: number; others: number[]; onClose: () => void; onDone: () => void };

/** Leads side by side: whose value stays for each field, and why they are one. */
export default function MergeSheet({ id, others, onClose, onDone }: Props) {
  const { t } = useTranslation('leads');
  const say = useToast();
  const preview = useMergePreview(id, others);
  const merge = useMerge(id);
  const [choices, setChoices] = useState<Record<string, number>>({});
  const [why, setWhy] = useState('');
  return (
    <Sheet
      title={t('merge.title')}
      size={760}
      onClose={onClose}
      footer={
        <Button
          type="primary"
          loading={merge.isPending}
          disabled={!preview.data || !why.trim()}
          onClick={() => {
            merge.mutate(
              { losers: others, choices, why: why.trim() },
              {
                onSuccess: () => {
                  say('ok', t('merge.done', { count: others.length }));
                  onDone();
                },
                onError: (error) => {
                  say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
                },
              },
            );
          }}
        >
          {t('merge.run', { count: others.length })}
        </Button>
      }
    >
      <Faces query={preview} rows={8}>
        {(data) => (
          <div className={css.body}>
            <p className="muted">{t('merge.hint')}</p>
            {data.signs.length > 0 && (
              <ul className={css.signs} role="status">
                {data.signs.map((sign) => (
                  <li key={sign.code}>{sign.message}</li>
                ))}
              </ul>
            )}
            <Side data={data} choices={choices} onChoose={(key, lead) => { setChoices({ ...choices, [key]: lead }); }} />
            <label className={css.why}>
              <span>{t('merge.why')} *</span>
              <Input value={why} maxLength={200} onChange={(event) => { setWhy(event.target.value); }} />
            </label>
          </div>
        )}
      </Faces>
    </Sheet>
  );
}

function Side({ data, choices, onChoose }: { data: MergePreview; choices: Record<string, number>; onChoose: (key: string, lead: number) => void }) {
  const { t } = useTranslation('leads');
  const name = useName();
  return (
    <div className={css.frame} role="region" aria-label={t('merge.title')} tabIndex={0}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('merge.field')}</th>
            {data.leads.map((lead, place) => (
              <th key={lead.id} scope="col">
                {lead.name}
                <div className="muted">
                  {place === 0 ? t('merge.stays') : t('merge.goes')} · {lead.owner ?? t('merge.noOwner')} · {lead.stage} · {date(lead.created_at)}
                </div>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.fields.map((field) => (
            <tr key={field.key} data-differs={field.differs || undefined}>
              <th scope="row">{name(field.name)}</th>
              {field.values.map((one, place) => (
                <td key={one.lead_id}>
                  {one.label ? (
                    <Radio
                      name={`merge-${field.key}`}
                      checked={(choices[field.key] ?? field.proposed) === one.lead_id}
                      onChange={() => { onChoose(field.key, one.lead_id); }}
                      aria-label={`${name(field.name)}：${one.label}（${data.leads[place]?.name ?? ''}）`}
                    >
                      {one.label}
                    </Radio>
                  ) : (
                    <span className="muted">—</span>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
