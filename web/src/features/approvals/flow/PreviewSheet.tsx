import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { filled, linesOf } from '@/features/approvals/request';
import { RequestLines } from '@/features/approvals/RequestLines';
import { RecordPicker } from '@/features/fields/RecordPicker';
import { PeoplePicker } from '@/features/org/PeoplePicker';
import { PersonPicker } from '@/features/org/PersonPicker';
import { useMe } from '@/features/identity/session';
import { listed } from '@/ui/format';
import { Avatar } from '@/ui/Avatar';
import { Faces } from '@/ui/faces';
import { useName } from '@/ui/names';
import { useRested } from '@/ui/rested';
import { Sheet } from '@/ui/Sheet';
import { FlowTree } from './FlowTree';
import css from './NodeSheet.module.css';
import pages from './pages.module.css';
import type { Definition } from './definition';
import { DesigningProvider, type Designing } from './designing';
import { usePreview } from './flows';

type Props = { flowKey: string; definition: Definition; written: Record<string, unknown>; onClose: () => void };

/** Whom a request would pass: given a record, a person and the form, the tree shows the way and its people. */
export default function PreviewSheet({ flowKey, definition, written, onClose }: Props) {
  const { t } = useTranslation('approvals');
  const name = useName();
  const me = useMe();
  const [requester, setRequester] = useState<number | null>(me.id);
  const [record, setRecord] = useState<number | null>(null);
  const [form, setForm] = useState<Record<string, unknown>>({});
  const [chosen, setChosen] = useState<Record<string, number[]>>({});
  const said = useRested(form, 400);
  const path = usePreview(flowKey, { record_id: record, requester_id: requester, definition: written, form: filled(said), chosen });
  const marks: Designing['marks'] = new Map(
    (path.data?.path ?? []).map((node) => [
      node.key,
      {
        tone: node.is_skipped ? ('warn' as const) : ('ok' as const),
        text: node.is_skipped ? t('flow.skipped') : listed(node.people.map((seat) => seat.person.name)) || t('flow.toChoose'),
      },
    ]),
  );
  const designing: Designing = { definition, act: null, opened: null, picked: null, problems: new Map(), marks, isChecked: false };
  return (
    <Sheet size={760} title={t('flow.preview')} onClose={onClose}>
      <div className={css.form}>
        <div className={css.two}>
          <div className={css.field}>
            <span>{t('flow.requester')}</span>
            <PersonPicker label={t('flow.requester')} value={requester} known={{ id: me.id, name: me.name }} onChange={setRequester} allowClear={false} />
          </div>
          {definition.record_type && (
            <div className={css.field}>
              <span>{t('flow.record')}</span>
              <RecordPicker label={t('flow.record')} type={definition.record_type} value={record} onChange={setRecord} />
            </div>
          )}
        </div>
        <RequestLines lines={linesOf(definition)} form={form} onChange={setForm} />
        {(path.data?.needs_choice ?? []).map((node) => {
          const label = t('request.choose', { node: name(path.data?.path.find((one) => one.key === node)?.name) || node });
          return (
            <div key={node} className={css.field}>
              <span>{label}</span>
              <PeoplePicker label={label} value={chosen[node] ?? []} onChange={(ids) => { setChosen({ ...chosen, [node]: ids }); }} />
            </div>
          );
        })}
        <Faces query={path}>
          {(data) => (
            <>
              <ol className={pages.path} aria-label={t('flow.pathTitle')}>
                {data.path.map((node) => (
                  <li key={node.key} data-skipped={node.is_skipped || undefined}>
                    <strong>{name(node.name)}</strong>
                    {node.is_skipped && <span className="muted">{t('flow.skipped')}</span>}
                    {node.people.map((seat) => (
                      <span key={seat.person.id} className={pages.person}>
                        <Avatar name={seat.person.name} size={20} /> {seat.person.name}
                        {seat.on_behalf_of && <small className="muted">{t('case.onBehalf', { name: seat.on_behalf_of.name })}</small>}
                        {seat.is_repeated && <small className="muted">{t('flow.repeated')}</small>}
                      </span>
                    ))}
                    {data.needs_choice.includes(node.key) && node.people.length === 0 && <span className="muted">{t('flow.toChoose')}</span>}
                  </li>
                ))}
              </ol>
              {data.path.length === 0 && <p className="muted">{t('flow.nobodyAsked')}</p>}
            </>
          )}
        </Faces>
        <DesigningProvider value={designing}>
          <div className={pages.scroll}>
            <FlowTree nodes={definition.nodes} />
          </div>
        </DesigningProvider>
      </div>
    </Sheet>
  );
}
