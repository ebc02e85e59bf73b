import { Button, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { Retention } from '@/api/types';
import { Faces } from '@/ui/faces';
import { useToast } from '@/ui/toast';
import css from './Tracking.module.css';
import { useRetention, useSetRetention } from './sites';

const most = { strangers_months: 36, known_months: 120, bodies_months: 36 } as const;
const periods = ['strangers_months', 'known_months', 'bodies_months'] as const;

function Fields({ kept }: { kept: Retention }) {
  const { t } = useTranslation('behaviour');
  const say = useToast();
  const set = useSetRetention();
  const [wanted, setWanted] = useState(kept);
  const isChanged = periods.some((key) => wanted[key] !== kept[key]);
  return (
    <form
      className={css.card}
      aria-label={t('retention.title')}
      onSubmit={(event) => {
        event.preventDefault();
        set.mutate(wanted, {
          onSuccess: () => {
            say('ok', t('retention.done'));
          },
          onError: (error) => {
            say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
          },
        });
      }}
    >
      <h2>{t('retention.title')}</h2>
      <p className="muted">{t('retention.hint')}</p>
      <div className={css.periods}>
        {periods.map((key) => (
          <label key={key}>
            {t(`retention.${key}`)}
            <InputNumber<number>
              aria-label={t(`retention.${key}`)}
              min={1}
              max={most[key]}
              precision={0}
              controls={false}
              suffix={t('retention.months')}
              placeholder={key === 'known_months' ? t('retention.always') : ''}
              value={wanted[key]}
              onChange={(months) => { setWanted({ ...wanted, [key]: key === 'known_months' ? months : (months ?? kept[key]) }); }}
            />
          </label>
        ))}
        <Button type="primary" htmlType="submit" disabled={!isChanged} loading={set.isPending}>
          {t('retention.save')}
        </Button>
      </div>
    </form>
  );
}

/** How long trails and the bodies of what was sent are kept. */
export function RetentionForm() {
  const retention = useRetention();
  return (
    <Faces query={retention} rows={2}>
      {(kept) => <Fields key={JSON.stringify(kept)} kept={kept} />}
    </Faces>
  );
}
