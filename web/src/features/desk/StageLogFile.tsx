import { DownloadOutlined } from '@ant-design/icons';
import { Checkbox, DatePicker } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import css from './AuditPage.module.css';
import { stageLogFile } from './audit';

/** The stage changes of a period as a file: who moved what, when and why. */
export function StageLogFile() {
  const { t } = useTranslation('desk');
  const [[from, to], setRange] = useState<[Dayjs, Dayjs]>(() => [dayjs().subtract(29, 'day'), dayjs()]);
  const [backOnly, setBackOnly] = useState(false);
  const file = stageLogFile({ from: from.format('YYYY-MM-DD'), to: to.format('YYYY-MM-DD'), moves: backOnly ? 'back' : 'all' });
  return (
    <section className={css.log} aria-label={t('audit.stageLog')}>
      <strong>{t('audit.stageLog')}</strong>
      <DatePicker.RangePicker
        aria-label={t('audit.period')}
        allowClear={false}
        value={[from, to]}
        presets={[
          { label: t('audit.thisMonth'), value: [dayjs().startOf('month'), dayjs()] },
          { label: t('audit.lastMonth'), value: [dayjs().subtract(1, 'month').startOf('month'), dayjs().subtract(1, 'month').endOf('month')] },
        ]}
        onChange={(next) => {
          if (next?.[0] && next[1]) setRange([next[0], next[1]]);
        }}
      />
      <Checkbox checked={backOnly} onChange={(event) => { setBackOnly(event.target.checked); }}>
        {t('audit.backOnly')}
      </Checkbox>
      <a href={file} download>
        <DownloadOutlined aria-hidden /> {t('audit.download')}
      </a>
    </section>
  );
}
