import { Button, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { InsightSettings, InsightSettingsBody } from '@/api/types';
import { useName } from '@/ui/names';
import { Sheet } from '@/ui/Sheet';
import { useToast } from '@/ui/toast';
import { useTune } from './insight';
import css from './insight.module.css';

const keys = ['busy_contacts', 'busy_percent', 'vague_length', 'vague_percent', 'burst_minutes', 'burst_contacts'] as const;
const percents: readonly string[] = ['busy_percent', 'vague_percent'];

/** The thresholds behind the figures; a change is followed at once. */
export function Thresholds({ settings, onClose }: { settings: InsightSettings; onClose: () => void }) {
  const { t } = useTranslation('insight');
  const name = useName();
  const say = useToast();
  const tune = useTune();
  const [wanted, setWanted] = useState<InsightSettingsBody>(() => ({
    busy_contacts: settings.busy_contacts,
    busy_percent: settings.busy_percent,
    vague_length: settings.vague_length,
    vague_percent: settings.vague_percent,
    burst_minutes: settings.burst_minutes,
    burst_contacts: settings.burst_contacts,
  }));
  const save = () => {
    tune.mutate(wanted, {
      onSuccess: () => {
        say('ok', t('thresholds.done'));
        onClose();
      },
      onError: (error) => {
        say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
      },
    });
  };
  return (
    <Sheet
      title={t('thresholds.title')}
      onClose={onClose}
      footer={
        <Button type="primary" loading={tune.isPending} onClick={save}>
          {t('save', { ns: 'ui' })}
        </Button>
      }
    >
      <div className={css.sheet}>
        {keys.map((key) => (
          <label key={key} className={css.field}>
            {name(settings.names[key])}
            <InputNumber<number>
              aria-label={name(settings.names[key])}
              min={percents.includes(key) ? 0 : 1}
              max={percents.includes(key) ? 100 : 240}
              precision={0}
              controls={false}
              value={wanted[key]}
              onChange={(value) => {
                setWanted({ ...wanted, [key]: value ?? settings[key] });
              }}
            />
          </label>
        ))}
      </div>
    </Sheet>
  );
}
