import { Button, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { Case, CaseAction } from '@/api/types';
import { FieldInput } from '@/features/fields/FieldInput';
import { PersonPicker } from '@/features/org/PersonPicker';
import { useName } from '@/ui/names';
import { Sheet } from '@/ui/Sheet';
import { useToast } from '@/ui/toast';
import { AnswerFiles } from './AnswerFiles';
import css from './CasePage.module.css';
import { useDo, type Doing } from './cases';
import { doingOf, isReady, mustSay, type Answer } from './answer';
import { asField } from './formText';

type Props = { item: Case; action: CaseAction; onClose: () => void };

/** One sheet for one thing that is done with a case: its comment, whom it names, fields to fill. */
export default function ActionSheet({ item, action, onClose }: Props) {
  const { t } = useTranslation('approvals');
  const name = useName();
  const say = useToast();
  const send = useDo(item.id, item.my.ask_id);
  const [answer, setAnswer] = useState<Answer>({ comment: '', form: {}, files: [], person: null, place: 'before', to_node: null });
  const [busy, setBusy] = useState(false);
  const set = (change: Partial<Answer>) => {
    setAnswer((before) => ({ ...before, ...change }));
  };
  const problem = problemOf(send.error);
  const editable = ['agree', 'return', 'resubmit'].includes(action) ? item.form.filter((row) => row.access === 'edit') : [];
  const run = () => {
    const doing: Doing | null = doingOf(action, answer);
    if (!doing) return;
    send.mutate(doing, {
      onSuccess: () => {
        say('ok', t(`case.done.${action}`));
        onClose();
      },
    });
  };
  return (
    <Sheet
      size={480}
      title={t(`action.${action}`)}
      onClose={onClose}
      footer={
        <div className={css.footer}>
          <Button onClick={onClose}>{t('cancel', { ns: 'ui' })}</Button>
          <Button type="primary" danger={action === 'refuse'} loading={send.isPending} disabled={busy || !isReady(action, answer)} onClick={run}>
            {t('case.confirm', { action: t(`action.${action}`) })}
          </Button>
        </div>
      }
    >
      <div className={css.form}>
        {(action === 'transfer' || action === 'add_signer') && (
          <div className={css.field}>
            <span>{t(action === 'transfer' ? 'case.transferTo' : 'case.signer')}</span>
            <PersonPicker label={t(action === 'transfer' ? 'case.transferTo' : 'case.signer')} autoFocus value={answer.person} onChange={(person) => { set({ person }); }} />
          </div>
        )}
        {action === 'add_signer' && (
          <Radio.Group
            value={answer.place}
            options={(['before', 'after'] as const).map((place) => ({ value: place, label: t(`case.place.${place}`) }))}
            onChange={(event) => { set({ place: event.target.value as Answer['place'] }); }}
          />
        )}
        {action === 'return' && (
          <div className={css.field}>
            <span>{t('case.returnTo')}</span>
            <Select
              aria-label={t('case.returnTo')}
              value={answer.to_node ?? ''}
              options={[{ value: '', label: t('case.toRequester', { name: item.requester.name }) }, ...item.passed_nodes.map((node) => ({ value: node.key, label: name(node.name) }))]}
              onChange={(node: string) => { set({ to_node: node || null }); }}
            />
          </div>
        )}
        {editable.map((row) => (
          <div key={row.key} className={css.field}>
            <span>
              {name(row.name)} {row.is_required && <b className={css.must}>*</b>}
            </span>
            <FieldInput
              field={asField(row)}
              label={name(row.name)}
              value={row.key in answer.form ? answer.form[row.key] : row.value}
              status={problem?.errors.some((one) => one.field === `form.${row.key}`) ? 'error' : ''}
              onChange={(value) => { set({ form: { ...answer.form, [row.key]: value } }); }}
            />
          </div>
        ))}
        <label className={css.field}>
          <span>
            {t('case.comment')} {mustSay(action) && <b className={css.must}>*</b>}
          </span>
          <Input.TextArea
            autoFocus={action !== 'transfer' && action !== 'add_signer'}
            autoSize={{ minRows: 3, maxRows: 8 }}
            maxLength={2000}
            value={answer.comment}
            onChange={(event) => { set({ comment: event.target.value }); }}
          />
        </label>
        <AnswerFiles caseId={item.id} files={answer.files} onChange={(files) => { set({ files }); }} onBusy={setBusy} />
        {problem && (
          <p className={css.error} role="alert">
            {[problem.message, ...problem.errors.map((one) => one.message)].join(' ')}
          </p>
        )}
      </div>
    </Sheet>
  );
}
