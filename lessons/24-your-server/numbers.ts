import { OTHERS, rowOf } from './conversation.js';

const row = (name: string) => rowOf(OTHERS.get(name) ?? []);

export default {
  selectCalls: () => row('select.c').calls,
  epollCalls: () => row('epoll.c').calls,
  asyncioCalls: () => row('asyncio_chat.py').calls,
  asyncioEmpty: () => row('asyncio_chat.py').empty,
  gaps: () => row('select.c').gaps,
};
