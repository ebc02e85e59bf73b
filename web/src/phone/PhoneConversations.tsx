import ConversationsPage from '@/features/conversations/ConversationsPage';

/** The tray and the conversations, as a phone shows them. */
export default function PhoneConversations() {
  return <ConversationsPage isPhone />;
}
