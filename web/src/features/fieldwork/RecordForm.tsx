import { Button, Checkbox, DatePicker, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '@/api/client';
import { problemOf } from '@/api/problem';
import type { FollowUpOptions } from '@/api/types';
import { shrinkPhoto } from '@/features/files/shrink';
import { useMe } from '@/features/identity/session';
import { useRecord } from '@/features/records/queries';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import css from './fieldwork.module.css';
import { useOptions } from './followups';
import { LackLine } from './LackLine';
import { daysLater, morningOf, quickDays } from './nextDates';
import { isStock, lacking, lengthOf, mainText, standardFor } from './standards';
import { sendFile, useRecordFollowUp } from './writing';

type Sent = { client_id: string; kind: string; name: string };
const blank = { text: '', ticks: [] as string[], next_at: null as string | null, files: [] as Sent[] };

/** Records a call, a chat or a meeting at a desk; shows all the time what it still lacks. */
function Form({ type, id, stage, options }: { type: string; id: number; stage: string | null; options: FollowUpOptions }) {
  const { t } = useTranslation('followups');
  const name = useName();
  const me = useMe();
  const say = useToast();
  const record = useRecordFollowUp();
  const held = (one: string) => standardFor(options.standards, { kind: one, record_type: type, stage, unit_id: me.unit?.id ?? null });
  // Whoever sits at a desk is not at the customer's: the kinds that want a place come last to mind.
  const [kind, setKind] = useState(() => (options.kinds.find((one) => !held(one.key)?.items.some((item) => item.kind === 'place')) ?? options.kinds[0])?.key ?? '');
  const [begun, setBegun] = useState(() => ({ id: newKey(), at: new Date().toISOString() }));
  const [given, setGiven] = useState(blank);
  const standard = held(kind);
  const files: Record<string, number> = {};
  for (const file of given.files) files[file.kind] = (files[file.kind] ?? 0) + 1;
  const { lacks, needed } = standard
    ? lacking(standard, { ...given, ...begun, has_place: false, files, store: {} })
    : { lacks: [], needed: 0 };
  const ticks = (standard?.items ?? []).filter((item) => item.kind === 'tick').map((item) => item.key);
  const most = standard?.items.find((item) => item.key === mainText)?.max_length ?? options.pain_max;
  const change = (part: Partial<typeof blank>) => {
    setGiven((before) => ({ ...before, ...part }));
  };
  const attach = async (file: File, what: string) => {
    try {
      const sent = await sendFile(await shrinkPhoto(file), what);
      setGiven((before) => ({ ...before, files: [...before.files, { ...sent, kind: what, name: file.name }] }));
    } catch (error) {
      say('bad', `${file.name}: ${problemOf(error)?.message ?? t('failed', { ns: 'ui' })}`);
    }
  };
  const save = () => {
    record.mutate(
      {
        client_id: begun.id,
        kind,
        record: { type, id },
        at: begun.at,
        device_now: new Date().toISOString(),
        text: given.text.trim(),
        ticks: given.ticks,
        next_at: given.next_at,
        uploads: given.files.map((file) => file.client_id),
        via: 'screen',
      },
      {
        onSuccess: (saved) => {
          say(saved.state === 'counted' ? 'ok' : 'info', t(saved.state === 'counted' ? 'done.sent' : 'done.draft'));
          setGiven(blank);
          setBegun({ id: newKey(), at: new Date().toISOString() });
        },
        onError: (error) => {
          say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
        },
      },
    );
  };
  return (
    <form
      className={css.form}
      aria-label={t('entry')}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <div className={css.bar}>
        <Select aria-label={t('kind')} style={{ minWidth: 120 }} value={kind} options={options.kinds.map((one) => ({ value: one.key, label: name(one.name) }))} onChange={setKind} />
        <DatePicker
          showTime={{ format: 'HH:mm' }}
          format="YYYY-MM-DD HH:mm"
          aria-label={t('at')}
          allowClear={false}
          value={dayjs(begun.at)}
          disabledDate={(day) => day.isAfter(dayjs())}
          onChange={(at) => { if (at) setBegun({ ...begun, at: at.toISOString() }); }}
        />
      </div>
      <Input.TextArea
        rows={2}
        aria-label={t('pain.title')}
        placeholder={t('pain.write')}
        value={given.text}
        count={{ show: true, max: most, strategy: lengthOf }}
        onChange={(event) => { change({ text: event.target.value }); }}
      />
      {isStock(given.text, options.stock_phrases) && <p className={css.hint}>{t('pain.vague')}</p>}
      {ticks.length > 0 && (
        <Checkbox.Group
          aria-label={t('ticks')}
          options={options.ticks.filter((one) => ticks.includes(one.key)).map((one) => ({ value: one.key, label: name(one.name) }))}
          value={given.ticks}
          onChange={(chosen) => { change({ ticks: chosen }); }}
        />
      )}
      {(standard?.items ?? []).filter((item) => item.kind === 'files').map((item) => (
        <label key={item.key} className={css.file}>
          {name(item.name)}
          <span className={css.pick}>{t('choose', { ns: 'fields' })}</span>
          <input
            type="file"
            className="sr-only"
            accept={item.key === 'photo' ? 'image/*' : undefined}
            onChange={(event) => {
              for (const file of Array.from(event.target.files ?? [])) void attach(file, item.key);
              event.target.value = '';
            }}
          />
          <span className="muted">{given.files.filter((file) => file.kind === item.key).map((file) => file.name).join(' ')}</span>
        </label>
      ))}
      <div className={css.bar}>
        <span>{t('next.title')}</span>
        {quickDays.map(({ key, days }) => (
          <Button key={key} size="small" onClick={() => { change({ next_at: daysLater(new Date(), days).toISOString() }); }}>
            {t(`next.${key}`)}
          </Button>
        ))}
        <DatePicker
          aria-label={t('next.other')}
          placeholder={t('next.other')}
          value={given.next_at ? dayjs(given.next_at) : null}
          disabledDate={(day) => day.isBefore(dayjs(), 'day')}
          onChange={(day) => { change({ next_at: day ? (morningOf(day.format('YYYY-MM-DD'))?.toISOString() ?? null) : null }); }}
        />
      </div>
      <div className={css.end}>
        {standard ? <LackLine lacks={lacks} needed={needed} /> : <span />}
        <Button type="primary" htmlType="submit" loading={record.isPending}>
          {t(needed === 0 ? 'record' : 'keepDraft')}
        </Button>
      </div>
    </form>
  );
}

/** The form for a record that one may change. */
export default function RecordForm({ type, id }: { type: string; id: number }) {
  const record = useRecord(type, id).data;
  const options = useOptions().data;
  if (!record?.can.edit || record.deleted_at || !options) return null;
  return <Form key={`${type}:${id}`} type={type} id={id} stage={record.stage} options={options} />;
}
