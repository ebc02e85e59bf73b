import { Button, Checkbox, DatePicker, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '@/api/client';
import { problemOf } from '@/api/problem';
import type { FollowUp, FollowUpBody, FollowUpOptions } from '@/api/types';
import { useRecord } from '@/features/records/queries';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import css from './fieldwork.module.css';
import { ContactLine } from './ContactLine';
import { FileLine } from './FileLine';
import { useOptions } from './followups';
import { LackLine } from './LackLine';
import { daysLater, morningOf, quickDays } from './nextDates';
import { PlaceLine } from './PlaceLine';
import { isStock, lacking, lengthOf, mainText, standardFor } from './standards';
import { useRecordFollowUp } from './writing';

type Store = Record<string, string | number | boolean | null>;
type Given = { contact_id: number | null; place: FollowUpBody['place']; text: string; ticks: string[]; next_at: string | null; files: FilePart[]; store: Store };
type FilePart = { client_id: string; kind: string; name: string };

/** What the form goes on with: a draft to be completed, or one that counts to be corrected by a new entry. */
export type Continued = FollowUp | null;

function givenBy(followup: Continued): Given {
  if (!followup) return { contact_id: null, place: null, text: '', ticks: [], next_at: null, files: [], store: {} };
  const { contact, place, text, ticks, next_at, files, store } = followup;
  return { contact_id: contact?.id ?? null, place, text, ticks, next_at, store: store as Store, files: files.map(({ client_id, kind, name }) => ({ client_id, kind, name })) };
}

type Props = { type: string; id: number; stage: string | null; options: FollowUpOptions; continued: Continued; onDone: () => void };

/** Records a call, a chat or a meeting at a desk; shows all the time what it still lacks. */
function Form({ type, id, stage, options, continued, onDone }: Props) {
  const { t } = useTranslation('followups');
  const name = useName();
  const say = useToast();
  const record = useRecordFollowUp();
  const held = (one: string) => standardFor(options.standards, { kind: one, record_type: type, stage, units: options.units });
  // Whoever sits at a desk is not at the customer's: the kinds that want a place come last to mind.
  const usual = options.kinds.find((one) => !held(one.key)?.items.some((item) => item.kind === 'place')) ?? options.kinds[0];
  const [kind, setKind] = useState(continued?.kind ?? usual?.key ?? '');
  const [begun, setBegun] = useState(() => ({ id: newKey(), at: continued?.at ?? new Date().toISOString() }));
  const [given, setGiven] = useState(() => givenBy(continued));
  const standard = held(kind);
  const files: Record<string, number> = {};
  for (const file of given.files) files[file.kind] = (files[file.kind] ?? 0) + 1;
  const texts = Object.fromEntries(Object.entries(given.store).map(([key, value]) => [key, String(value ?? '')]));
  const { lacks, needed } = standard ? lacking(standard, { ...given, ...begun, has_place: Boolean(given.place), files, store: texts }) : { lacks: [], needed: 0 };
  const ticks = (standard?.items ?? []).filter((item) => item.kind === 'tick').map((item) => item.key);
  const most = standard?.items.find((item) => item.key === mainText)?.max_length ?? options.pain_max;
  const change = (part: Partial<Given>) => {
    setGiven((before) => ({ ...before, ...part }));
  };
  const save = () => {
    const report = {
      client_id: continued?.state === 'draft' ? continued.client_id : begun.id,
      kind,
      record: continued ? { type: continued.record.type, id: continued.record.id } : { type, id },
      contact_id: given.contact_id,
      at: begun.at,
      device_now: new Date().toISOString(),
      text: given.text.trim(),
      ticks: given.ticks,
      next_at: given.next_at,
      place: given.place,
      store: given.store,
      uploads: given.files.map((file) => file.client_id),
      via: 'screen' as const,
    };
    record.mutate(
      { report, continued },
      {
        onSuccess: (saved) => {
          say(saved.state === 'counted' ? 'ok' : 'info', t(saved.state === 'counted' ? 'done.sent' : 'done.draft'));
          setGiven(givenBy(null));
          setBegun({ id: newKey(), at: new Date().toISOString() });
          onDone();
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
      {continued && <strong>{t(continued.state === 'draft' ? 'completing' : 'correcting')}</strong>}
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
        <ContactLine type={type} id={id} value={given.contact_id} held={continued?.contact ?? null} onChange={(contact_id) => { change({ contact_id }); }} />
      </div>
      <Input.TextArea
        rows={2}
        aria-label={t('pain.title')}
        placeholder={t('pain.write')}
        value={given.text}
        count={{ show: true, max: most, strategy: lengthOf }}
        onChange={(event) => { change({ text: event.target.value }); }}
      />
      {(standard?.items ?? [])
        .filter((item) => item.kind === 'text' && item.key !== mainText)
        .map((item) => (
          <Input
            key={item.key}
            aria-label={name(item.name)}
            placeholder={name(item.name)}
            value={texts[item.key] ?? ''}
            count={{ show: true, max: item.max_length ?? options.pain_max, strategy: lengthOf }}
            onChange={(event) => { change({ store: { ...given.store, [item.key]: event.target.value } }); }}
          />
        ))}
      {isStock(given.text, options.stock_phrases) && <p className={css.hint}>{t('pain.vague')}</p>}
      {ticks.length > 0 && (
        <Checkbox.Group
          aria-label={t('ticks')}
          options={options.ticks.filter((one) => ticks.includes(one.key)).map((one) => ({ value: one.key, label: name(one.name) }))}
          value={given.ticks}
          onChange={(chosen) => { change({ ticks: chosen }); }}
        />
      )}
      {(standard?.items ?? [])
        .filter((item) => item.kind === 'files')
        .map((item) => (
          <FileLine
            key={item.key}
            title={name(item.name)}
            kind={item.key}
            names={given.files.filter((file) => file.kind === item.key).map((file) => file.name)}
            onSent={(file) => { setGiven((before) => ({ ...before, files: [...before.files, file] })); }}
          />
        ))}
      {(standard?.items ?? [])
        .filter((item) => item.kind === 'place')
        .map((item) => (
          <PlaceLine key={item.key} title={name(item.name)} value={given.place} onFound={(place) => { change({ place }); }} />
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
        <div className={css.bar}>
          {continued && <Button onClick={onDone}>{t('cancel', { ns: 'ui' })}</Button>}
          <Button type="primary" htmlType="submit" loading={record.isPending}>
            {t(needed > 0 ? 'keepDraft' : continued?.state === 'counted' ? 'correct' : 'record')}
          </Button>
        </div>
      </div>
    </form>
  );
}

type Outer = { type: string; id: number; continued: Continued; onDone: () => void };

/** The form for a record that one may change. */
export default function RecordForm({ type, id, continued, onDone }: Outer) {
  const record = useRecord(type, id).data;
  const options = useOptions().data;
  if (!record?.can.edit || record.deleted_at || !options) return null;
  return <Form key={`${type}:${id}:${continued?.id ?? ''}`} type={type} id={id} stage={record.stage} options={options} continued={continued} onDone={onDone} />;
}
