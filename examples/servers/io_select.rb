# A chat on IO.select, as tutorials write it: ruby io_select.rb PORT

require 'socket'

listener = TCPServer.new('127.0.0.1', ARGV[0].to_i)
puts "listening on #{listener.addr[1]}"
$stdout.flush
clients = []

loop do
  readable, = IO.select([listener, *clients])
  readable.each do |one|
    if one == listener
      clients << listener.accept
      next
    end
    begin
      data = one.readpartial(1024)
      clients.each { |client| client.write(data) } # whoever does not read makes everyone wait here
    rescue EOFError, SystemCallError
      clients.delete(one)
      one.close
    end
  end
end
