import { DeleteOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Avatar } from '@/ui/Avatar';
import { useConfirm } from '@/ui/confirm';
import { Empty, Faces } from '@/ui/faces';
import { ago, dateTime } from '@/ui/format';
import { CommentBox } from './CommentBox';
import css from './Comments.module.css';
import { useComments, useDeleteComment } from './discussion';

/** What people say about a record. */
export default function Comments({ type, id }: { type: string; id: number }) {
  const { t } = useTranslation('records');
  const comments = useComments(type, id);
  const remove = useDeleteComment(type, id);
  const confirm = useConfirm();
  return (
    <section className={css.talk} aria-label={t('comments')}>
      <h2 className={css.heading}>{t('comments')}</h2>
      <CommentBox type={type} id={id} />
      <Faces query={comments} rows={3} isEmpty={(list) => list.length === 0} empty={<Empty title={t('noComments')} hint={t('noCommentsHint')} />}>
        {(list) => (
          <ul className={css.list}>
            {list.map((comment) => (
              <li key={comment.id} className={css.comment}>
                <Avatar name={comment.author?.name ?? '?'} size={26} />
                <div className="grow">
                  <div className={css.by}>
                    <strong>{comment.author?.name}</strong>
                    <time className="muted" dateTime={comment.created_at} title={dateTime(comment.created_at)}>
                      {ago(comment.created_at)}
                    </time>
                    {comment.mine && !comment.removed && (
                      <Button
                        size="small"
                        type="text"
                        icon={<DeleteOutlined />}
                        aria-label={t('deleteComment')}
                        onClick={() => {
                          confirm({ title: t('deleteComment'), danger: true, run: () => remove.mutateAsync(comment.id) });
                        }}
                      />
                    )}
                  </div>
                  <p className={css.text}>{comment.removed ? t('commentRemoved') : comment.text}</p>
                </div>
              </li>
            ))}
          </ul>
        )}
      </Faces>
    </section>
  );
}
