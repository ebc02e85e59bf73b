import type { Dispatch, SetStateAction } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldError } from '@/api/problem';
import { AnswerFiles } from '@/features/approvals/AnswerFiles';
import { useFlow, usePreview } from '@/features/approvals/flow/flows';
import { filled, ownLines, type Wish } from '@/features/approvals/request';
import { listed } from '@/ui/format';
import { Faces } from '@/ui/faces';
import { useName } from '@/ui/names';
import { useRested } from '@/ui/rested';
import { PhoneLine } from './PhoneLine';
import { PhonePeople } from './PhonePeople';
import css from './phone.module.css';

type Props = { flow: string; recordId: number | null; wish: Wish; onChange: Dispatch<SetStateAction<Wish>>; onBusy: (busy: boolean) => void; errors: FieldError[] };

/** What a request for approval says on a phone: its lines, whom one chooses, a remark, documents, and whom it will pass. */
export default function PhoneWish({ flow: key, recordId, wish, onChange, onBusy, errors }: Props) {
  const { t } = useTranslation('approvals');
  const name = useName();
  const flow = useFlow(key);
  const said = useRested(wish, 400);
  const path = usePreview(key, { record_id: recordId, requester_id: null, definition: null, form: filled(said.form), chosen: said.chosen });
  const nodeName = (node: string) => name(path.data?.path.find((one) => one.key === node)?.name) || node;
  const fault = (field: string) => {
    const found = errors.find((one) => one.field === field);
    return found && <p className={css.bad}>{found.message}</p>;
  };
  return (
    <>
      {ownLines(flow.data).map((line) => (
        <div key={line.key} className={css.line}>
          <PhoneLine
            line={line}
            required={line.required}
            value={wish.form[line.key] ?? null}
            onChange={(value) => { onChange((before) => ({ ...before, form: { ...before.form, [line.key]: value } })); }}
          />
          {fault(`form.${line.key}`)}
        </div>
      ))}
      {(path.data?.needs_choice ?? []).map((node) => (
        <div key={node} className={css.line}>
          <PhonePeople
            label={t('request.choose', { node: nodeName(node) })}
            value={wish.chosen[node] ?? []}
            onChange={(ids) => { onChange((before) => ({ ...before, chosen: { ...before.chosen, [node]: ids } })); }}
          />
          {fault(`chosen.${node}`)}
        </div>
      ))}
      <label>
        {t('request.comment')}
        <textarea
          rows={3}
          maxLength={2000}
          value={wish.comment}
          onChange={(event) => {
            const comment = event.target.value;
            onChange((before) => ({ ...before, comment }));
          }}
        />
      </label>
      <AnswerFiles caseId={null} files={wish.files} onBusy={onBusy} onChange={(files) => { onChange((before) => ({ ...before, files })); }} />
      <Faces query={path} rows={2}>
        {(data) => (
          <div>
            <span className="muted">{t('request.path')}</span>
            <ol className={css.way}>
              {data.path
                .filter((node) => !node.is_skipped)
                .map((node) => (
                  <li key={node.key}>
                    <strong>{name(node.name)}</strong> {listed(node.people.map((seat) => seat.person.name)) || t('flow.toChoose')}
                  </li>
                ))}
            </ol>
          </div>
        )}
      </Faces>
    </>
  );
}
