import { Input } from 'antd';
import type { Dispatch, SetStateAction } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldError } from '@/api/problem';
import { PeoplePicker } from '@/features/org/PeoplePicker';
import { listed } from '@/ui/format';
import { Faces } from '@/ui/faces';
import { useName } from '@/ui/names';
import { useRested } from '@/ui/rested';
import css from './ApprovalRequest.module.css';
import { filled, ownLines, type Wish } from './request';
import { AnswerFiles } from './AnswerFiles';
import { RequestLines } from './RequestLines';
import { useFlow, usePreview } from './flow/flows';

type Props = { flow: string; recordId: number | null; wish: Wish; onChange: Dispatch<SetStateAction<Wish>>; onBusy: (busy: boolean) => void; errors: FieldError[] };

/** What a request for approval says: its own lines, the people one chooses, a remark, documents; and whom it will pass. */
export default function ApprovalRequest({ flow: key, recordId, wish, onChange, onBusy, errors }: Props) {
  const { t } = useTranslation('approvals');
  const name = useName();
  const flow = useFlow(key);
  const said = useRested(wish, 400);
  const path = usePreview(key, { record_id: recordId, requester_id: null, definition: null, form: filled(said.form), chosen: said.chosen });
  const errorOf = (field: string) => errors.find((one) => one.field === field)?.message;
  const nodeName = (node: string) => name(path.data?.path.find((one) => one.key === node)?.name) || node;
  return (
    <section className={css.request} aria-label={t('request.title')}>
      <h3>{name(flow.data?.name) || t('request.title')}</h3>
      <RequestLines
        lines={ownLines(flow.data)}
        form={wish.form}
        errors={errors}
        onChange={(form) => {
          onChange((before) => ({ ...before, form }));
        }}
      />
      {(path.data?.needs_choice ?? []).map((node) => (
        <div key={node} className={css.field}>
          <span>
            {t('request.choose', { node: nodeName(node) })} <b className={css.must}>*</b>
          </span>
          <PeoplePicker
            label={t('request.choose', { node: nodeName(node) })}
            value={wish.chosen[node] ?? []}
            onChange={(ids) => {
              onChange((before) => ({ ...before, chosen: { ...before.chosen, [node]: ids } }));
            }}
          />
          <span className={css.error}>{errorOf(`chosen.${node}`)}</span>
        </div>
      ))}
      <label className={css.field}>
        <span>{t('request.comment')}</span>
        <Input.TextArea
          autoSize={{ minRows: 2, maxRows: 6 }}
          maxLength={2000}
          value={wish.comment}
          onChange={(event) => {
            const comment = event.target.value;
            onChange((before) => ({ ...before, comment }));
          }}
        />
      </label>
      <AnswerFiles
        caseId={null}
        files={wish.files}
        onBusy={onBusy}
        onChange={(files) => {
          onChange((before) => ({ ...before, files }));
        }}
      />
      <Faces query={path} rows={2}>
        {(data) => (
          <div className={css.path}>
            <span className="muted">{t('request.path')}</span>
            <ol>
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
    </section>
  );
}
