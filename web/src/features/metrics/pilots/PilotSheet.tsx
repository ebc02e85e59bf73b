import { Button, DatePicker, Input, Segmented, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { useUnits } from '@/features/org/admin';
import { useConfirm } from '@/ui/confirm';
import { listed } from '@/ui/format';
import { useName } from '@/ui/names';
import { Sheet } from '@/ui/Sheet';
import { useToast } from '@/ui/toast';
import css from './pilots.module.css';
import { useKeepPilot, useMetrics, usePilots, useRemovePilot, type Pilot } from './pilots';

const kinds = ['standard', 'policy', 'blueprint', 'other'] as const;

function day(value: Dayjs): string {
  return value.format('YYYY-MM-DD');
}

/** What is tried, where, since when, and by which metrics it is judged. */
export default function PilotSheet({ held, onClose }: { held: Pilot | null; onClose: () => void }) {
  const { t } = useTranslation('pilots');
  const name = useName();
  const say = useToast();
  const units = useUnits();
  const metrics = useMetrics();
  const pilots = usePilots();
  const keep = useKeepPilot(held);
  const remove = useRemovePilot();
  const confirm = useConfirm();
  const [title, setTitle] = useState(held?.name ?? '');
  const [kind, setKind] = useState(held?.about.kind ?? 'standard');
  const [note, setNote] = useState(held?.note ?? '');
  const [where, setWhere] = useState<'unit' | 'line'>(held?.line ? 'line' : 'unit');
  const [unit, setUnit] = useState(held?.unit?.id);
  const [line, setLine] = useState(held?.line?.key);
  const [since, setSince] = useState<Dayjs>(() => dayjs(held?.since));
  const [until, setUntil] = useState<Dayjs | null>(() => (held?.until ? dayjs(held.until) : null));
  const [judged, setJudged] = useState<string[]>(held?.metrics ?? []);
  const isOfLine = where === 'line';
  const able = (isOfLine ? pilots.data?.line_metrics : pilots.data?.metrics) ?? [];
  const lines = pilots.data?.lines ?? [];
  const gone = held?.line && !lines.some((one) => one.key === held.line?.key) ? [held.line] : [];
  const isPlaced = isOfLine ? line !== undefined : unit !== undefined;
  const lacks = [
    title.trim() === '' && t('name'),
    !isPlaced && t(isOfLine ? 'line' : 'unit'),
    until?.isBefore(since, 'day') && t('until'),
    judged.length === 0 && t('metrics'),
  ].filter((one) => typeof one === 'string');
  const failed = (error: unknown) => {
    const problem = problemOf(error);
    say('bad', problem?.errors[0]?.message ?? problem?.message ?? t('failed', { ns: 'ui' }));
  };
  const askToRemove = (pilot: Pilot) => {
    confirm({
      title: t('removeAsk', { name: pilot.name }),
      text: t('removeHint'),
      danger: true,
      ok: t('remove'),
      run: () => remove.mutateAsync(pilot).then(onClose).catch(failed),
    });
  };
  const send = () => {
    keep.mutate(
      {
        name: title.trim(), about: { kind, key: held?.about.key ?? '' }, note,
        unit_id: unit ?? null, line: (isOfLine && line) || '',
        since: day(since), until: until && day(until), metrics: judged,
      },
      {
        onSuccess: () => {
          say('ok', t('kept'));
          onClose();
        },
        onError: failed,
      },
    );
  };
  return (
    <Sheet
      title={t(held ? 'change' : 'begin')}
      onClose={onClose}
      footer={
        <>
          {lacks.length > 0 && <p className={css.lacks}>{t('lacks', { what: listed(lacks) })}</p>}
          <Button type="primary" block loading={keep.isPending} disabled={lacks.length > 0} onClick={send}>
            {t('keep')}
          </Button>
          {held && <Button danger type="text" block onClick={() => { askToRemove(held); }}>{t('remove')}</Button>}
        </>
      }
    >
      <div className={css.form}>
        <label>
          {t('name')}
          <Input value={title} maxLength={100} placeholder={t('nameHint')} onChange={(event) => { setTitle(event.target.value); }} />
        </label>
        <label>
          {t('kind')}
          <Select aria-label={t('kind')} value={kind} options={kinds.map((one) => ({ value: one, label: t(`kinds.${one}`) }))} onChange={setKind} />
        </label>
        <Segmented
          block
          aria-label={t('where')}
          value={where}
          options={(['unit', 'line'] as const).map((one) => ({ value: one, label: t(`places.${one}`) }))}
          onChange={(chosen) => {
            setWhere(chosen);
            if (chosen === 'line') setJudged((before) => before.filter((one) => pilots.data?.line_metrics.includes(one)));
          }}
        />
        {isOfLine && (
          <label>
            {t('line')}
            <Select aria-label={t('line')} showSearch={{ optionFilterProp: 'label' }} value={line} options={[...lines, ...gone].map((one) => ({ value: one.key, label: name(one.name) }))} onChange={setLine} />
          </label>
        )}
        <label>
          {t(isOfLine ? 'lineUnit' : 'unit')}
          <Select aria-label={t(isOfLine ? 'lineUnit' : 'unit')} allowClear={isOfLine} placeholder={isOfLine ? t('company') : undefined} showSearch={{ optionFilterProp: 'label' }} value={unit} options={units.data?.filter((one) => one.parent_id !== null).map((one) => ({ value: one.id, label: one.name }))} onChange={setUnit} />
        </label>
        <label>
          {t('since')}
          <DatePicker aria-label={t('since')} allowClear={false} value={since} onChange={(value) => { if (value) setSince(value); }} />
        </label>
        <label>
          {t('until')}
          <DatePicker aria-label={t('until')} value={until} minDate={since} placeholder={t('untilHint')} onChange={setUntil} />
        </label>
        <label>
          {t('metrics')}
          <Select aria-label={t('metrics')} mode="multiple" maxCount={12} showSearch={{ optionFilterProp: 'label' }} value={judged} options={metrics.data?.items.filter((one) => able.includes(one.key)).map((one) => ({ value: one.key, label: name(one.name) }))} onChange={setJudged} />
          <small className="muted">{t(isOfLine ? 'lineMetrics' : 'unitMetrics')}</small>
        </label>
        <label>
          {t('note')}
          <Input.TextArea value={note} maxLength={500} autoSize={{ minRows: 2 }} onChange={(event) => { setNote(event.target.value); }} />
        </label>
      </div>
    </Sheet>
  );
}
