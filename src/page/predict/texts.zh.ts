/**
 * Texts of the Predict view: Chinese.
 * @module
 */

/** The texts by key. */
export const predict = {
  'predict.title': '预测',
  'predict.question': '服务器下一步做什么？',
  'predict.before': '它刚做了这些：',
  'predict.meanwhile': '这时，外面：',
  'predict.right': '对：{step}。',
  'predict.wrong': '不是 {chosen}：{step}。',
  'predict.next': '下一题',
  'predict.again': '从头再来',
  'predict.back': '回到上一题',
  'predict.end': '这一次运行的最后一步到了。',
  'predict.end.next': '换一个场景，换另一个服务器，或者从头再来。',
  'predict.score': '{asked} 题里答对 {right} 题',
  'predict.score.none': '还没有回答',
  'predict.row': '连对 {row} 题',
  'predict.forget': '忘掉成绩',
  'predict.key.choose': '选一个答案',
  'predict.key.next': '下一题',
  'predict.key.back': '回到上一题',
  'predict.because.socket': '先要有一个描述符：后面的每一步都要说出它。',
  'predict.because.setsockopt': '它必须在 bind 前面，不然服务器刚结束就重启，端口会被拒绝。',
  'predict.because.bind': '监听套接字要先有地址，别人才能来敲门。',
  'predict.because.listen': '从现在起内核才会完成连接；accept 要等有了连接才来。',
  'predict.because.select': '就绪的都处理完了，循环又开始等，而且只在这里等。',
  'predict.because.accept': '监听套接字可读，意思是有一条连接在它的队列里等着。',
  'predict.because.recv': 'select 只说有东西；字节在内核里，要去取才会出来。',
  'predict.because.handshake': '这个客户端还没有握手，所以它的字节是 HTTP 请求。',
  'predict.because.parse': '这个客户端已经握过手，所以它的字节是帧。',
  'predict.because.deal': '说了什么、谁走了，都知道了；现在聊天室得出答复。',
  'predict.because.broadcast': '答复变成一帧，再列出谁会收到它。',
  'predict.because.send': '帧准备好了，现在把字节交给每个套接字。',
  'predict.because.block': '这个服务器写的时候会一直等，而缓冲区满了。',
  'predict.because.disconnect': '这条连接结束了：先把它从表里去掉，再做别的。',
  'predict.because.error': '协议的一条规则被违反了，先记下来，再结束连接。',
} as const;
